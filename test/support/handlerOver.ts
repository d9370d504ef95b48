import { type Config, Effect, Layer } from "effect"
import { HttpRouter, HttpServer } from "effect/http"
import { Routes } from "../../src/App.ts"
import { signInWith } from "../../src/http/authentication/signInLayer.ts"
import { ResponseBudget } from "../../src/http/middleware/responseBudget.ts"
import type { BuilderOptions } from "../../src/services/access/BuilderOptions.ts"
import type { Organizations } from "../../src/services/access/Organizations.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import { Readiness, ReadinessProbe } from "../../src/services/database/Readiness.ts"
import { Goals } from "../../src/services/goals/Goals.ts"
import type { ApiKeys } from "../../src/services/keys/ApiKeys.ts"
import type { AuditLog } from "../../src/services/reports/AuditLog/AuditLog.ts"
import type { IdempotencyKeys } from "../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import type { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import type { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import type { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import type { MetricSource } from "../../src/services/run/MetricSource.ts"
import { testSignIn } from "../../src/testing/signTestToken.ts"
import { testKeys } from "../../src/testing/testKeys.ts"
import { patient } from "./patient.ts"

type Beneath =
  | MetricSource
  | Organizations
  | BuilderOptions
  | ReportRepo
  | SnapshotRepo
  | SubscriptionRepo
  | AuditLog
  | IdempotencyKeys

/** Runs all routes on the given services, without a socket. Accepts test tokens. */
export const handlerOver = <E>(
  beneath: Layer.Layer<Beneath, E>,
  probe: ReadinessProbe["Service"] = Effect.void,
  keys: Layer.Layer<ApiKeys, never, Admission> = testKeys(),
  budget: Layer.Layer<ResponseBudget> = ResponseBudget.layerUnlimited,
  admission: Layer.Layer<Admission, Config.ConfigError> = Admission.unlimited
) =>
  HttpRouter.toWebHandler(
    Routes.pipe(
      Layer.provide(beneath),
      Layer.provide([signInWith(testSignIn), keys]),
      Layer.provideMerge(Readiness.layer),
      Layer.provide(admission),
      Layer.provide(Layer.succeed(ReadinessProbe, probe)),
      Layer.provide([HttpServer.layerServices, Goals.layerMemory, budget, patient])
    ),
    { disableLogger: true }
  )
