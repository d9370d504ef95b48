import { Effect, Layer } from "effect"
import { HttpMiddleware, HttpRouter } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { Api } from "./api/Api.ts"
import { RouteNotFound } from "./api/RequestFailures.ts"
import { Documents } from "./documents/Documents.ts"
import { AuditHandlers } from "./http/Audit.ts"
import { keysLayer, signInLayer } from "./http/authentication/signInLayer.ts"
import { DesignHandlers } from "./http/Design.ts"
import { Docs, pages } from "./http/Docs.ts"
import { AuthenticationLayer, DoorLayer } from "./http/door.ts"
import { GoalsHandlers } from "./http/Goals.ts"
import { IdempotentLayer } from "./http/Idempotent.ts"
import { KeysHandlers } from "./http/Keys.ts"
import { Mcp, mcpPath } from "./http/Mcp.ts"
import { MetricsHandlers } from "./http/Metrics.ts"
import { Prometheus } from "./http/MetricsPort.ts"
import { allowedMethods } from "./http/middleware/allowedMethods.ts"
import { failureResponse } from "./http/middleware/errors.ts"
import { pipeline, spanName } from "./http/middleware/pipeline.ts"
import { RequestGuardLayer } from "./http/middleware/requestGuard.ts"
import { Page, pageAddresses } from "./http/Page.ts"
import { PageSignIn, signInPath } from "./http/PageSignIn.ts"
import { ReportsHandlers } from "./http/Reports.ts"
import { Draining, Server } from "./http/Server.ts"
import { SnapshotsHandlers } from "./http/Snapshots.ts"
import { logging, startupMessage } from "./http/startupMessage.ts"
import { SubscriptionsHandlers } from "./http/Subscriptions.ts"
import { SystemHandlers } from "./http/System.ts"
import { Unsubscribe } from "./http/Unsubscribe.ts"
import { BuilderOptions } from "./services/access/BuilderOptions.ts"
import { Catalog } from "./services/access/Catalog.ts"
import { Gating } from "./services/access/Gating.ts"
import { Organizations } from "./services/access/Organizations.ts"
import { ReportValidation } from "./services/access/ReportValidation.ts"
import { TargetValidation } from "./services/access/TargetValidation.ts"
import { Admission } from "./services/admission/Admission.ts"
import { AgentRuns } from "./services/agents/AgentRuns.ts"
import { Readiness } from "./services/database/Readiness.ts"
import { SqlFailures } from "./services/database/statements.ts"
import { Alerts } from "./services/deliveries/Alerts.ts"
import { ChangedAlerts } from "./services/deliveries/ChangedAlerts.ts"
import { Delivering } from "./services/deliveries/Delivering.ts"
import { MailContents } from "./services/deliveries/MailContents.ts"
import { Mailing } from "./services/deliveries/Mailing.ts"
import { Posting } from "./services/deliveries/Posting.ts"
import { ScheduledDeliveries } from "./services/deliveries/ScheduledDeliveries.ts"
import { Subscriptions } from "./services/deliveries/Subscriptions.ts"
import { unsubscribePath } from "./services/deliveries/unsubscribeLink.ts"
import { Designer } from "./services/design/Designer.ts"
import { designModelLayer } from "./services/design/designModelLayer.ts"
import { Exporting } from "./services/export/Exporting.ts"
import { Goals } from "./services/goals/Goals.ts"
import { LiveRuns } from "./services/live/LiveRuns.ts"
import { ChangeCleanup } from "./services/replica/ChangeCleanup.ts"
import { Comparing } from "./services/reports/Comparing.ts"
import { FreezeSchedules, ScheduledFreezes } from "./services/reports/FreezeSchedules.ts"
import { Freezing } from "./services/reports/Freezing.ts"
import { Histories } from "./services/reports/Histories.ts"
import { IdempotencyKeys } from "./services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import {
  AuditCleanup,
  DeliveryCleanup,
  IdempotencyCleanup,
  SnapshotCleanup
} from "./services/reports/nightlyCleanup.ts"
import { ReportRepo } from "./services/reports/ReportRepo/ReportRepo.ts"
import { ReportVersions } from "./services/reports/ReportVersions.ts"
import { SnapshotRepo } from "./services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SnapshotSharing } from "./services/reports/SnapshotSharing.ts"
import { SubscriptionRepo } from "./services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { MetricRunner } from "./services/run/MetricRunner.ts"
import { MetricSource } from "./services/run/MetricSource.ts"
import { Records } from "./services/run/Records.ts"
import { Telemetry } from "./telemetry/telemetry.ts"

const Services = Layer.mergeAll(
  Histories.layer,
  ReportVersions.layer,
  SnapshotSharing.layer,
  Layer.provideMerge(FreezeSchedules.layer, Freezing.layer),
  Layer.provideMerge(MailContents.layer, Exporting.layer),
  Subscriptions.layer,
  AgentRuns.layer,
  Designer.layer,
  LiveRuns.layer
).pipe(
  Layer.provideMerge(Layer.mergeAll(Alerts.layer, Comparing.layer)),
  Layer.provideMerge(Layer.mergeAll(MetricRunner.layer, Records.layer, ReportValidation.layer, TargetValidation.layer)),
  Layer.provideMerge(Layer.mergeAll(Catalog.layer, Gating.layer, Documents.layer))
)

export const Handlers = Layer.mergeAll(
  SystemHandlers,
  MetricsHandlers,
  ReportsHandlers,
  SnapshotsHandlers,
  DesignHandlers,
  KeysHandlers,
  GoalsHandlers,
  SubscriptionsHandlers,
  AuditHandlers
).pipe(Layer.provide(Services))

const otherRoutes = [
  ...[...pages, ...pageAddresses].map((path) => ["GET", path] as const),
  ["POST", mcpPath] as const,
  ["GET", unsubscribePath] as const,
  ["POST", unsubscribePath] as const,
  ["GET", signInPath] as const,
  ["POST", signInPath] as const
]

const allowed = allowedMethods(Api, otherRoutes)

const Unrouted = HttpRouter.addAll(
  allowed.unrouted.map((path) =>
    HttpRouter.route("*", path, Effect.suspend(() => failureResponse(new RouteNotFound())))
  )
)

export const Routes = Layer.mergeAll(
  HttpApiBuilder.layer(Api),
  Layer.merge(Mcp, Unsubscribe).pipe(Layer.provide(Services)),
  Docs,
  Page,
  Unrouted,
  pipeline(allowed)
).pipe(
  Layer.provide(Handlers),
  Layer.provide([AuthenticationLayer, DoorLayer, RequestGuardLayer, IdempotentLayer])
)

const Beside = Layer.mergeAll(
  Draining,
  startupMessage,
  SnapshotCleanup,
  IdempotencyCleanup,
  DeliveryCleanup,
  AuditCleanup,
  ChangeCleanup,
  Layer.merge(
    ScheduledFreezes,
    Layer.provide(ScheduledDeliveries, [
      Layer.provide(Delivering.layer, [Mailing.layer, Posting.layer]),
      ChangedAlerts.layer
    ])
  )
    .pipe(
      Layer.provide(Services)
    )
)

export const App = Beside.pipe(
  Layer.provideMerge(
    HttpRouter.serve(Layer.merge(Routes, PageSignIn), { disableLogger: true, disableListenLog: true })
  ),
  Layer.provide([ReportRepo.layerSql, SnapshotRepo.layerSql, SubscriptionRepo.layerSql, IdempotencyKeys.layerSql]),
  Layer.provide([MetricSource.layer, Organizations.layerSql, BuilderOptions.layerSql, Goals.layerSql]),
  Layer.provide(SqlFailures.layerLimited),
  Layer.provide([signInLayer, keysLayer, designModelLayer]),
  Layer.provide(Admission.layer),
  Layer.provide(Readiness.layer),
  // The metrics are served until the API has stopped.
  Layer.provide(Layer.merge(Server, Prometheus)),
  Layer.provide(Layer.succeed(HttpMiddleware.SpanNameGenerator, spanName(allowed))),
  Layer.provide(Layer.provideMerge(Telemetry, logging))
)
