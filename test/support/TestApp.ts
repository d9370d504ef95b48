import { Effect, Layer, Redacted } from "effect"
import { HttpClientRequest, type HttpClientResponse, HttpServer } from "effect/http"
import { HttpApiMiddleware, HttpApiTest } from "effect/http-api"
import { Api } from "../../src/api/Api.ts"
import { Authentication, Credential } from "../../src/api/Authentication.ts"
import { Handlers } from "../../src/App.ts"
import { type Caller, CurrentCaller } from "../../src/domain/Caller.ts"
import { OrgId, UserId } from "../../src/domain/Ids.ts"
import { DoorLayer } from "../../src/http/door.ts"
import { IdempotentLayer } from "../../src/http/Idempotent.ts"
import { RequestGuardLayer } from "../../src/http/middleware/requestGuard.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { BuilderOptions } from "../../src/services/access/BuilderOptions.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import { Readiness, ReadinessProbe } from "../../src/services/database/Readiness.ts"
import { Goals } from "../../src/services/goals/Goals.ts"
import { IdempotencyKeys } from "../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { testKeys } from "../../src/testing/testKeys.ts"
import { holdToContract } from "./contract.ts"

export const caller = (role: Caller["role"], userId: string, organizationId = "org"): Caller => ({
  organizationId: OrgId.make(organizationId),
  userId: UserId.make(userId),
  role
})

/** Accepts unsigned tokens of the form `role:user:organization`. */
const AuthenticationFake = Layer.succeed(Authentication, {
  bearer: (handler, { credential }) => {
    const [role, userId = "", organizationId = ""] = Redacted.value(credential).split(":")
    const known = caller(role === "admin" ? "admin" : "member", userId, organizationId)
    return handler.pipe(
      Effect.provideService(CurrentCaller, known),
      Effect.provideService(Credential, { check: Effect.succeed(known), expiresAt: () => undefined })
    )
  }
})

const held = Effect.fnUntraced(function*(response: HttpClientResponse.HttpClientResponse) {
  const { headers, request: { method, url }, status } = response
  const text = yield* Effect.orDie(response.text)
  yield* Effect.sync(() => holdToContract({ method, url, status, text, contentType: headers["content-type"] }))
})

/** Signs the client in as this caller, and checks every response against the contract. */
export const as = ({ organizationId, role, userId }: Caller) =>
  HttpApiMiddleware.layerClient(
    Authentication,
    ({ next, request }) =>
      next(HttpClientRequest.bearerToken(request, `${role}:${userId}:${organizationId}`)).pipe(Effect.tap(held))
  )

export const sourcesOver = (tables: Tables) =>
  Layer.mergeAll(
    MetricSource.layerMemory(tables),
    Organizations.layerMemory(tables),
    BuilderOptions.layerMemory(tables)
  )

/** Builds the whole API with real routes, codecs and handlers, but without a socket or a database. */
export const appOver = <E, R>(sources: Layer.Layer<MetricSource | Organizations | BuilderOptions, E, R>) =>
  Handlers.pipe(
    Layer.provide(sources),
    Layer.provideMerge(Layer.mergeAll(AuthenticationFake, DoorLayer, RequestGuardLayer, IdempotentLayer)),
    Layer.provide(Layer.provide(Readiness.layer, ReadinessProbe.layerMemory)),
    Layer.provide([
      ReportRepo.layerMemory,
      SnapshotRepo.layerMemory,
      SubscriptionRepo.layerMemory,
      IdempotencyKeys.layerMemory,
      Goals.layerMemory
    ]),
    Layer.provide(testKeys()),
    Layer.provide(Admission.unlimited),
    Layer.provideMerge(HttpServer.layerServices)
  )

export const client = HttpApiTest.groups(Api, ["metrics"])
