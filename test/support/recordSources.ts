import { type Config, Effect, Layer } from "effect"
import type { Unreachable } from "../../src/domain/Unavailable.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import type { Records } from "../../src/services/run/Records.ts"
import type { Broken } from "../proof/Broken.ts"
import { withStored } from "../proof/storedTables.ts"
import type { Tried } from "../proof/Tried.ts"
import { recordsLayer } from "./ask.ts"

type Work = Effect.Effect<Tried, Broken | Config.ConfigError | Unreachable, Records>

export const recordsInSql = (tables: Tables, work: Work) =>
  withStored(tables, (source) =>
    work.pipe(
      Effect.provide(recordsLayer.pipe(Layer.provide([Layer.succeed(MetricSource, source), Organizations.layerSql])))
    ))

export const recordsInMemory = (tables: Tables, work: Work) =>
  work.pipe(
    Effect.provide(
      recordsLayer.pipe(Layer.provide([MetricSource.layerMemory(tables), Organizations.layerMemory(tables)]))
    )
  )
