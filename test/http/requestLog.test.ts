import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { OrgId } from "../../src/domain/Ids.ts"
import { requestLog } from "../../src/http/middleware/pipeline.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import { fieldsOf, noFacts, RequestFacts } from "../../src/telemetry/requestFacts.ts"
import { say } from "../support/locks.ts"
import { logInto } from "../support/logInto.ts"
import { freshDatabase } from "../support/Postgres.ts"
import { callerOf, serviceOn } from "../support/RunningService.ts"
import { makeKeyPair } from "../support/Tokens.ts"

const key = makeKeyPair()

const message = "a request was slow or failed"

const opened = Effect.fnUntraced(function*(more: Record<string, string>) {
  const url = yield* freshDatabase
  const service = yield* serviceOn(url, key, { NODE_ENV: "production", ...more })
  return { url, service, caller: callerOf(service.port, key) }
})

/** Ends the service. Returns all that it printed, and its request lines, with duration and id removed. */
const linesOf = Effect.fnUntraced(function*({ ended, signal }: Effect.Success<ReturnType<typeof opened>>["service"]) {
  yield* signal("SIGTERM")
  const { err, out } = yield* ended
  const lines = out.split("\n").filter((line) => line.includes(message))
  const requests = lines.map((line) => {
    const { annotations }: { readonly annotations: Record<string, unknown> } = JSON.parse(line)
    const { millis, requestId, ...rest } = annotations
    assert.isNumber(millis)
    assert.isString(requestId)
    return rest
  })
  return { requests, printed: out + err }
})

const caller = { organizationId: "org_a", userId: "user_1" }
const ofRun = { method: "POST", path: "/crm-reports/metrics/run", route: "/crm-reports/metrics/run", heldBack: 0 }

describe("the log of requests", () => {
  it.live("a request that takes SLOW_REQUEST or longer is one JSON line, with route, status and any caller", () =>
    Effect.gen(function*() {
      const { caller: client, service } = yield* opened({ SLOW_REQUEST: "0 seconds" })
      const layout = { widgets: [] }
      const { text } = yield* client.post("/crm-reports", { title: "Salaries of Ana", layout })
      const { id }: { readonly id: string } = JSON.parse(text)
      yield* client.get(`/crm-reports/${id}`)
      yield* client.get("/crm-reports?search=Salaries")
      yield* client.get("/crm-reports/nothing/here")
      yield* client.run("leads.total")
      yield* Effect.promise(() => fetch(`http://127.0.0.1:${service.port}/health;token=Salaries`, { method: "HEAD" }))
      const { printed, requests } = yield* linesOf(service)
      const one = { method: "GET", heldBack: 0 }
      assert.deepStrictEqual(requests, [
        { ...one, ...caller, method: "POST", path: "/crm-reports", route: "/crm-reports", status: 201 },
        { ...one, ...caller, path: `/crm-reports/${id}`, route: "/crm-reports/:id", status: 200 },
        { ...one, ...caller, path: "/crm-reports", route: "/crm-reports", status: 200 },
        { ...one, path: "/crm-reports/nothing/here", route: "unmatched", status: 404 },
        { ...ofRun, ...caller, status: 200, widgets: 1, counts: { sql: 1 } },
        { ...one, method: "HEAD", path: "/health", route: "/health", status: 200 }
      ])
      assert.notMatch(printed, /Salaries|eyJ|[Bb]earer|authorization/)
    }))

  it.live("a failed request is logged although it was fast, and no other fast request is logged", () =>
    Effect.gen(function*() {
      const { caller: client, service, url } = yield* opened({ SLOW_REQUEST: "1 hour" })
      yield* client.run("leads.total")
      yield* client.get("/crm-reports/nothing/here")
      yield* say(url, "DROP TABLE crm.members CASCADE")
      assert.strictEqual((yield* client.run("leads.total")).status, 500)
      const { printed, requests } = yield* linesOf(service)
      assert.deepStrictEqual(requests, [{ ...ofRun, ...caller, status: 500, widgets: 1, counts: { sql: 1 } }])
      assert.notMatch(printed, /eyJ|[Bb]earer|authorization/)
    }))

  it.live("the line of a refused run has the limit, and when the run may be sent again; with traces, it has the traceId", () =>
    Effect.gen(function*() {
      const { caller: client, service } = yield* opened({
        SLOW_REQUEST: "0 seconds",
        RATE_LIMIT_RUNS: "1",
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://127.0.0.1:9/v1/traces"
      })
      const traceId = "0af7651916cd43dd8448eb211c80319c"
      const widgets = [{ instanceId: "a", metricId: "leads.total", chart: "stat" }]
      const traced = { traceparent: `00-${traceId}-b7ad6b7169203331-01` }
      yield* client.post("/crm-reports/metrics/run", { widgets }, traced)
      const { retryAfter } = yield* client.post("/crm-reports/metrics/run", { widgets }, traced)
      const { requests } = yield* linesOf(service)
      assert.deepStrictEqual(requests, [
        { ...ofRun, ...caller, status: 200, traceId, widgets: 1, counts: { sql: 1 } },
        { ...ofRun, ...caller, status: 429, traceId, limit: "rate:runs", retryAfter: Number(retryAfter) }
      ])
    }))

  it.effect("the line has the time that a request waited for each limit", () =>
    Effect.gen(function*() {
      const admission = yield* Admission
      const facts = noFacts()
      const organizationId = OrgId.make("org_a")
      yield* Effect.forkChild(admission.withConnection(organizationId)(Effect.sleep("3 seconds")))
      yield* Effect.yieldNow
      const waiting = admission.withPlace("runs", organizationId)(admission.withConnection(organizationId)(Effect.void))
      const fiber = yield* Effect.forkChild(Effect.provideService(waiting, RequestFacts, facts))
      yield* TestClock.adjust("3 seconds")
      yield* Fiber.join(fiber)
      assert.deepStrictEqual(fieldsOf(facts), { waitedMillis: { connections: 3_000 } })
    }).pipe(
      Effect.provide(Layer.provide(
        Admission.layer,
        ConfigProvider.layer(ConfigProvider.fromEnv({ env: { DATABASE_POOL: "2" } }))
      ))
    ))

  it.effect("fast refusals are logged at most ten times a second, and hide neither slow requests nor other failures", () =>
    Effect.gen(function*() {
      const lines: Array<string> = []
      const log = requestLog(1_000n)
      const note = (status: number, nanos: bigint) => log({ status, nanos }, () => ({}))
      yield* Effect.forEach(Array.from({ length: 30 }), () => note(503, 999n)).pipe(
        Effect.andThen(note(503, 1_000n)),
        Effect.andThen(note(500, 999n)),
        Effect.andThen(note(200, 1_000n)),
        Effect.andThen(note(429, 999n)),
        Effect.provide(logInto(lines))
      )
      const statuses = lines.map((line) => Number(/status=(\d+)/.exec(line)?.[1]))
      assert.deepStrictEqual(statuses, [...Array.from({ length: 11 }, () => 503), 500, 200])
    }))
})
