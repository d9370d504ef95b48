import { Effect, Layer } from "effect"
import { FetchHttpClient, HttpClient, HttpClientRequest, HttpRouter, HttpServer } from "effect/http"
import { signedInWith } from "../api/client.ts"
import { Routes } from "../App.ts"
import { signInWith } from "../http/authentication/signInLayer.ts"
import { ResponseBudget } from "../http/middleware/responseBudget.ts"
import type { Tables } from "../metrics/crm.ts"
import { BuilderOptions } from "../services/access/BuilderOptions.ts"
import { Organizations } from "../services/access/Organizations.ts"
import { Admission } from "../services/admission/Admission.ts"
import { Readiness, ReadinessProbe } from "../services/database/Readiness.ts"
import { Goals } from "../services/goals/Goals.ts"
import { IdempotencyKeys } from "../services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { MetricSource } from "../services/run/MetricSource.ts"
import { fixedClock } from "./fixedClock.ts"
import { noTables } from "./rows.ts"
import { signTestToken, type TestPerson, testSignIn } from "./signTestToken.ts"
import { type RoleOf, testKeys } from "./testKeys.ts"

export interface TestAppOptions {
  readonly tables?: Tables
  readonly now?: Date
  /** `roleOf` returns the role of a person with a key. By default, everybody is a member. */
  readonly roleOf?: RoleOf
  /** Without `designModel`, a search makes the drafts. */
  readonly designModel?: Layer.Layer<never>
}

const clockOf = (now: Date | undefined) =>
  now === undefined ? Layer.empty : HttpRouter.middleware(fixedClock(now.getTime()), { global: true })

/** The handler uses no socket and no database. Its reports are kept until `dispose`. */
export const testHandler = ({ designModel = Layer.empty, now, roleOf, tables = noTables }: TestAppOptions = {}): {
  readonly handler: (request: Request) => Promise<Response>
  readonly dispose: () => Promise<void>
} =>
  HttpRouter.toWebHandler(
    Layer.merge(Routes, clockOf(now)).pipe(
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
      Layer.provide([signInWith(testSignIn), testKeys(roleOf), designModel]),
      Layer.provideMerge(Readiness.layer),
      Layer.provide(Admission.unlimited),
      Layer.provide([ReadinessProbe.layerMemory, HttpServer.layerServices, ResponseBudget.layerUnlimited])
    ),
    { disableLogger: true }
  )

const here = (request: HttpClientRequest.HttpClientRequest) =>
  request.url.startsWith("/") ? HttpClientRequest.prependUrl(request, "http://crm-reports.test") : request

export const testApp = (options?: TestAppOptions): Layer.Layer<HttpClient.HttpClient> =>
  Layer.effect(
    HttpClient.HttpClient,
    Effect.gen(function*() {
      const { handler } = yield* Effect.acquireRelease(
        Effect.sync(() => testHandler(options)),
        ({ dispose }) => Effect.promise(dispose)
      )
      const client = yield* HttpClient.HttpClient
      return client.pipe(
        HttpClient.mapRequest(here),
        HttpClient.transformResponse(
          Effect.provideService(FetchHttpClient.Fetch, (input, init) => handler(new Request(input, init)))
        )
      )
    })
  ).pipe(Layer.provide(FetchHttpClient.layer))

export const signedInAs = (person: TestPerson) => signedInWith(Effect.sync(() => signTestToken(person)))
