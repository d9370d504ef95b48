import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer, References } from "effect"
import { TestClock } from "effect/testing"
import { Telemetry } from "../../src/telemetry/telemetry.ts"
import { eventually } from "../support/eventually.ts"
import { fakeCollector, type Manner } from "../support/fakeCollector.ts"
import { freshDatabase } from "../support/Postgres.ts"
import { serviceOnTestClock } from "../support/serviceOnTestClock.ts"
import { makeKeyPair } from "../support/Tokens.ts"

const key = makeKeyPair()

type Settings = Readonly<Record<string, string>>

const general = (address: string): Settings => ({ OTEL_EXPORTER_OTLP_ENDPOINT: address })

const opened = Effect.fnUntraced(function*(more: Settings = {}, endpoints: typeof general = general) {
  const collector = yield* Effect.acquireRelease(
    Effect.promise(() => fakeCollector()),
    ({ kill }) => Effect.promise(kill)
  )
  const service = yield* serviceOnTestClock(yield* freshDatabase, key, {
    ...endpoints(`http://127.0.0.1:${collector.port}`),
    OTEL_EXPORTER_OTLP_HEADERS: "api-key=hidden",
    SLOW_REQUEST: "0 seconds",
    ...more
  })
  const names = Effect.sync(() => new Set(collector.spans().map(({ name }) => name)))
  /** Waits longer than the interval at which the service sends traces. */
  const sent = TestClock.adjust("11 seconds")
  return { collector, service, names, sent }
})

const isTracedWith = (env: Settings) =>
  References.TracerEnabled.pipe(
    Effect.provide(Layer.provide(Telemetry, ConfigProvider.layer(ConfigProvider.fromEnv({ env }))))
  )

const ofRun = "POST /crm-reports/metrics/run"

const failing: ReadonlyArray<readonly [string, Manner | "is killed"]> = [
  ["is killed", "is killed"],
  ["refuses", "refuses"],
  ["hangs", "hangs"]
]

describe("OpenTelemetry", () => {
  it.effect("a trace names the route, the access check and the statement of each metric, and nothing that a client sent", () =>
    Effect.gen(function*() {
      const { collector, names, sent, service } = yield* opened()
      const layout = { widgets: [] }
      const { text } = yield* service.post("/crm-reports?title=Salaries", { title: "Salaries", layout })
      const { id }: { readonly id: string } = JSON.parse(text)
      yield* service.get(`/crm-reports/${id}?note=Salaries`)
      yield* service.get("/nothing?note=Salaries")
      yield* service.post("/crm-reports/metrics/run?title=Salaries", { title: "Salaries" })
      yield* service.run("leads.total")
      yield* sent
      const found = yield* eventually(names, (some) => some.has(ofRun))
      const wanted = ["POST /crm-reports", "GET /crm-reports/:id", "GET unmatched", ofRun, "gate", "sql leads.total"]
      assert.includeMembers([...found], wanted)
      const run = collector.spans().find(({ name }) => name === "sql leads.total")
      const above = collector.spans().filter(({ traceId }) => traceId === run?.traceId).map(({ name }) => name)
      assert.includeMembers(above, [ofRun, "gate"])
      const attributes = new Set(collector.spans().flatMap((span) => span.attributes.map(({ key }) => key)))
      assert.includeMembers([
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "db.system.name",
        "effect.fiber.interrupted"
      ], [
        ...attributes
      ])
      yield* TestClock.adjust("1 minute")
      yield* eventually(Effect.sync(() => collector.bodies("/v1/metrics")), ({ length }) => length > 0)
      const logs = yield* eventually(Effect.sync(() => collector.bodies("/v1/logs").join("")), (all) => all !== "")
      const traces = collector.bodies("/v1/traces").join("")
      const metrics = collector.bodies("/v1/metrics").join("")
      assert.include(metrics, "crm_reports_requests_total")
      assert.include(logs, "a request was slow or failed")
      assert.include(traces, "\"crm-reports\"")
      assert.notMatch(traces + metrics + logs, /Salaries|eyJ|[Bb]earer|hidden/)
      assert.notMatch(traces + metrics, /org_a|user_1|SELECT/)
      assert.notInclude(traces + metrics, id)
    }))

  it.effect.each(failing)(
    "requests succeed while the collector %s, and later requests are traced again",
    ([, manner]) =>
      Effect.gen(function*() {
        const { collector, names, sent, service } = yield* opened()
        if (manner === "is killed") yield* Effect.promise(collector.kill)
        else collector.behave(manner)
        for (let round = 0; round < 5; round++) {
          const statuses = yield* Effect.all(Array.from({ length: 20 }, () => service.run("leads.total")), {
            concurrency: 10
          })
          assert.deepStrictEqual(statuses.map(({ status }) => status), Array.from({ length: 20 }, () => 200))
          yield* sent
        }
        if (manner === "is killed") yield* Effect.promise(collector.comeBack)
        else collector.behave("accepts")
        const isBack = Effect.gen(function*() {
          yield* service.run("leads.total")
          yield* sent
          return yield* names
        })
        assert.isTrue((yield* eventually(isBack, (found) => found.has(ofRun))).has(ofRun))
      })
  )

  it.effect("with OTEL_TRACES_EXPORTER=none, metrics are sent and traces are not sent", () =>
    Effect.gen(function*() {
      const { collector, service } = yield* opened({ OTEL_TRACES_EXPORTER: "none" })
      yield* service.run("leads.total")
      yield* TestClock.adjust("1 minute")
      yield* eventually(Effect.sync(() => collector.bodies("/v1/metrics")), ({ length }) => length > 0)
      assert.deepStrictEqual(collector.spans(), [])
    }))

  it.effect("with OTEL_EXPORTER_OTLP_TRACES_ENDPOINT alone, traces are sent to this address, and nothing else is sent", () =>
    Effect.gen(function*() {
      const ofTraces = (address: string) => ({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${address}/spans` })
      assert.isTrue(yield* isTracedWith(ofTraces("http://127.0.0.1:1")))
      const { collector, service } = yield* opened({}, ofTraces)
      yield* service.run("leads.total")
      yield* TestClock.adjust("1 minute")
      yield* eventually(Effect.sync(() => collector.bodies("/spans")), ({ length }) => length > 0)
      assert.strictEqual(collector.asked(), collector.bodies("/spans").length)
    }))

  it.effect("metrics are sent to OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, and traces to the general address", () =>
    Effect.gen(function*() {
      const { collector, names, service } = yield* opened({}, (address) => ({
        ...general(address),
        OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${address}/numbers`
      }))
      yield* service.run("leads.total")
      yield* TestClock.adjust("1 minute")
      yield* eventually(Effect.sync(() => collector.bodies("/numbers")), ({ length }) => length > 0)
      yield* eventually(names, (some) => some.has(ofRun))
      assert.deepStrictEqual(collector.bodies("/v1/metrics"), [])
    }))
})
