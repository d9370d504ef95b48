import { Layer, References } from "effect"
import { HttpRouter } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { Api } from "./api/Api.ts"
import { AuthenticationLayer } from "./http/Authentication.ts"
import { signInLayer } from "./http/authentication/signInLayer.ts"
import { Docs, pages } from "./http/Docs.ts"
import { addressesOf } from "./http/edge/Addresses.ts"
import { edge } from "./http/edge/edge.ts"
import { Greeting } from "./http/Greeting.ts"
import { IdempotentLayer } from "./http/Idempotent.ts"
import { logging } from "./http/logging.ts"
import { MetricsHandlers } from "./http/Metrics.ts"
import { ReportsHandlers } from "./http/Reports.ts"
import { Draining, Server } from "./http/Server.ts"
import { SnapshotsHandlers } from "./http/Snapshots.ts"
import { SoundRequestLayer } from "./http/SoundRequest.ts"
import { SystemHandlers } from "./http/System.ts"
import { BuilderOptions } from "./services/BuilderOptions.ts"
import { Catalog } from "./services/Catalog.ts"
import { ChangeCleanup } from "./services/ChangeCleanup.ts"
import { Directory } from "./services/Directory.ts"
import { Freezing } from "./services/Freezing.ts"
import { Gating } from "./services/Gating.ts"
import { IdempotencyCleanup } from "./services/IdempotencyCleanup.ts"
import { IdempotencyKeys } from "./services/IdempotencyKeys.ts"
import { MetricRunner } from "./services/MetricRunner.ts"
import { MetricSource } from "./services/MetricSource.ts"
import { Readiness } from "./services/Readiness.ts"
import { Reading } from "./services/Reading.ts"
import { ReportRepo } from "./services/ReportRepo.ts"
import { SnapshotCleanup } from "./services/SnapshotCleanup.ts"
import { SnapshotRepo } from "./services/SnapshotRepo.ts"
import { Validity } from "./services/Validity.ts"

/** One a group of the Api, over the services that decide; what they remember and count with comes from outside. */
export const Handlers = Layer.mergeAll(SystemHandlers, MetricsHandlers, ReportsHandlers, SnapshotsHandlers).pipe(
  Layer.provide(Freezing.layer),
  Layer.provide([MetricRunner.layer, Validity.layer]),
  Layer.provide([Catalog.layer, Gating.layer, Reading.layer])
)

/** Everything that answers, but not who signs in, nor where it listens. */
export const Routes = Layer.mergeAll(
  HttpApiBuilder.layer(Api),
  Docs,
  edge(addressesOf(Api, pages))
).pipe(Layer.provide(Handlers), Layer.provide([AuthenticationLayer, SoundRequestLayer, IdempotentLayer]))

/** Nobody collects spans yet, and they are a tenth of a request's time. */
const untraced = Layer.succeed(References.TracerEnabled, false)

/** What `serve` runs: it needs the database's layers only. */
export const App = Layer.mergeAll(Draining, Greeting, SnapshotCleanup, IdempotencyCleanup, ChangeCleanup).pipe(
  Layer.provideMerge(HttpRouter.serve(Routes, { disableLogger: true, disableListenLog: true })),
  Layer.provide([ReportRepo.layerSql, SnapshotRepo.layerSql, IdempotencyKeys.layerSql]),
  Layer.provide([MetricSource.layer, Directory.layerSql, BuilderOptions.layerSql]),
  Layer.provide(signInLayer),
  Layer.provide(Readiness.layer),
  Layer.provide(Server),
  Layer.provide([logging, untraced])
)
