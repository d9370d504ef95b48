import { ConfigProvider, type Effect, Layer, type Redacted } from "effect"
import type { ColumnStore } from "../../../src/columnStore/ColumnStore.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import * as Database from "../../../src/services/database/Database.ts"
import { IsMeasured } from "../../../src/telemetry/measure.ts"
import { runner } from "../../support/ask.ts"
import { settingsOf } from "../../support/settingsOf.ts"
import { Referee } from "./Referee.ts"
import { refereedReplicas } from "./refereedReplicas.ts"

const configuration = (widgetTimeout: string) =>
  ConfigProvider.layer(
    ConfigProvider.fromEnv({ env: { REPLICA_ROWS: "2000000", WIDGET_TIMEOUT: widgetTimeout } })
  )

/** Builds an instance of the service, with its own replicas and connections. */
export const instance = (url: Redacted.Redacted, widgetTimeout: string, counted: (store: ColumnStore) => void) =>
  Layer.build(Layer.fresh(
    runner.pipe(
      Layer.provide(refereedReplicas(counted)),
      Layer.provideMerge([Referee.layer, Organizations.layerSql]),
      Layer.provide(Admission.layer),
      Layer.provide(Database.clientOf({ ...settingsOf(url), maxConnections: 60 })),
      Layer.provide([configuration(widgetTimeout), Layer.succeed(IsMeasured, true)])
    )
  ))

export type Instance = Effect.Success<ReturnType<typeof instance>>
