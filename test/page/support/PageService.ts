import * as NodeServices from "@effect/platform-node/NodeServices"
import { ConfigProvider, Effect, Layer } from "effect"
import { HttpRouter, HttpServer } from "effect/http"
import { Routes } from "../../../src/App.ts"
import { demoOrganizations } from "../../../src/data/demoOrganizations.ts"
import { saveDemoReports } from "../../../src/data/demoReports.ts"
import { DevelopmentPeople } from "../../../src/http/authentication/DevelopmentSignIn.ts"
import { signInLayer } from "../../../src/http/authentication/signInLayer.ts"
import { PageSignIn } from "../../../src/http/PageSignIn.ts"
import { Server } from "../../../src/http/Server.ts"
import type { Tables } from "../../../src/metrics/crm.ts"
import { BuilderOptions } from "../../../src/services/access/BuilderOptions.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { Readiness, ReadinessProbe } from "../../../src/services/database/Readiness.ts"
import { Goals } from "../../../src/services/goals/Goals.ts"
import { IdempotencyKeys } from "../../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { demoTables } from "../../../src/testing/demoTables.ts"
import { testKeys } from "../../../src/testing/testKeys.ts"
import { temporaryFolder } from "../../support/folder.ts"

const settings = (folder: string, more: Record<string, string>) =>
  ConfigProvider.layer(ConfigProvider.fromEnv({
    env: {
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_FOLDER: folder,
      DEVELOPMENT_SIGN_IN: "true",
      WIDGET_TIMEOUT: "1 hour",
      FREEZE_TIMEOUT: "1 hour",
      DOCUMENT_TIMEOUT: "1 hour",
      ...more
    }
  }))

const demo = Layer.effectDiscard(saveDemoReports)

const servedOver = (tables: Tables) =>
  HttpRouter.serve(Layer.merge(Routes, PageSignIn), { disableLogger: true, disableListenLog: true }).pipe(
    Layer.merge(demo),
    Layer.provide([
      ReportRepo.layerMemory,
      SnapshotRepo.layerMemory,
      SubscriptionRepo.layerMemory,
      IdempotencyKeys.layerMemory
    ]),
    Layer.provide([
      MetricSource.layerMemory(tables),
      Organizations.layerMemory(tables),
      BuilderOptions.layerMemory(tables),
      Goals.layerMemory
    ]),
    Layer.provide([signInLayer, testKeys(), Layer.succeed(DevelopmentPeople, demoOrganizations)]),
    Layer.provide(Admission.layer),
    Layer.provide(Readiness.layer.pipe(Layer.provide(ReadinessProbe.layerMemory))),
    Layer.provideMerge(Server),
    Layer.provide(NodeServices.layer)
  )

/** Starts the service on its own port, with the page and a small demo CRM in memory. Returns its address. */
export const pageService = (more: Record<string, string> = {}, leads = 600) =>
  Effect.gen(function*() {
    const folder = yield* temporaryFolder
    const context = yield* Layer.build(servedOver(demoTables({ leads })).pipe(Layer.provide(settings(folder, more))))
    return yield* Effect.provideContext(HttpServer.addressFormattedWith(Effect.succeed), context)
  })
