import { afterAll, assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit, Fiber, Latch, Layer } from "effect"
import { TestClock } from "effect/testing"
import { randomUUID } from "node:crypto"
import { inspect } from "node:util"
import { vi } from "vitest"
import { OrgId, UserId } from "../../../src/domain/Ids.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { IdempotencyKeys } from "../../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { noTables } from "../../../src/testing/rows.ts"
import { signTestToken } from "../../../src/testing/signTestToken.ts"
import { handlerOver } from "../../support/handlerOver.ts"
import { overloaded } from "../../support/overloaded.ts"
import { requestOf } from "../../support/requestOf.ts"
import { sourcesOver } from "../../support/TestApp.ts"

const run = "POST /crm-reports/metrics/run"
const widgets = [{ instanceId: "total", metricId: "leads.total", chart: "stat" }]

const beneath = Layer.mergeAll(
  sourcesOver(noTables),
  ReportRepo.layerMemory,
  SnapshotRepo.layerMemory,
  SubscriptionRepo.layerMemory,
  IdempotencyKeys.layerMemory
)

/** Each place that a request asked for. */
const asked: Array<string> = []
const full = handlerOver(beneath, undefined, undefined, undefined, overloaded("acme", asked))
const withoutFiles = handlerOver(
  beneath,
  undefined,
  undefined,
  undefined,
  overloaded("acme", asked, (resource) => resource === "small_files")
)
const settings = ConfigProvider.layer(ConfigProvider.fromEnv({ env: { RATE_LIMIT_RUNS: "1" } }))
const rated = handlerOver(beneath, undefined, undefined, undefined, Layer.provide(Admission.layer, settings))
afterAll(async () => {
  await full.dispose()
  await rated.dispose()
  await withoutFiles.dispose()
})

const ask = async (
  { handler }: typeof full,
  organizationId: string,
  request = run,
  body: unknown = { widgets },
  headers: Record<string, string> = {}
) => {
  const token = signTestToken({ organizationId, userId: "ana", role: "admin" })
  asked.length = 0
  const sent = request.startsWith("POST") ? body : undefined
  return handler(requestOf(token, request, sent, headers))
}

describe("a request of an organization that gets no place for a run", () => {
  it("a refused run names its limit in the body and in the log, and its body is not read", async () => {
    const printed = vi.spyOn(console, "log")
    const response = await ask(full, "acme", run, { widgets: "none" })
    const log = inspect(printed.mock.calls, { depth: 5 })
    printed.mockRestore()
    assert.strictEqual(response.status, 503)
    assert.strictEqual(response.headers.get("retry-after"), "1")
    assert.deepInclude(await response.json(), {
      code: "unavailable",
      limit: "runs",
      retryAfter: 1,
      message: "The limit `runs` is reached. Try again shortly."
    })
    assert.match(log, /limit: '?"?runs/)
  })

  it("a list of records holds the place of a run, and other requests hold none", async () => {
    const records = { widget: widgets[0] }
    assert.strictEqual((await ask(full, "acme", "POST /crm-reports/metrics/records", records)).status, 503)
    assert.strictEqual((await ask(full, "acme", "GET /crm-reports/catalog")).status, 200)
    assert.deepStrictEqual(asked, [])
  })

  it("another organization gets its numbers", async () => {
    assert.strictEqual((await ask(full, "bolt")).status, 200)
    assert.include(asked, "bolt runs")
  })

  it("a live stream holds no place of a run", async () => {
    const response = await ask(full, "acme", run, { widgets }, { accept: "text/event-stream" })
    assert.strictEqual(response.status, 200)
    await response.body?.cancel()
    assert.deepStrictEqual(asked, [])
  })

  it("a freeze holds the place of a run, also if its client accepts events", async () => {
    const freeze = `POST /crm-reports/${randomUUID()}/snapshots`
    assert.strictEqual((await ask(full, "acme", freeze, {}, { accept: "text/event-stream" })).status, 503)
    assert.deepStrictEqual(asked, ["acme runs"])
  })

  it("a file holds a place for its widgets and then a place for the file, but no place of a run", async () => {
    assert.strictEqual((await ask(withoutFiles, "acme", run, { widgets }, { accept: "text/csv" })).status, 503)
    assert.deepStrictEqual(asked, ["acme background_runs", "acme small_files"])
  })
})

it("a run above the rate limit names the limit, and is refused before its body is read", async () => {
  assert.strictEqual((await ask(rated, "acme")).status, 200)
  const response = await ask(rated, "acme", run, { widgets: "none" })
  assert.strictEqual(response.status, 429)
  assert.strictEqual(response.headers.get("retry-after"), "60")
  assert.deepInclude(await response.json(), {
    code: "rate_limited",
    limit: "rate:runs",
    retryAfter: 60,
    message: "Too many requests for the limit `rate:runs`. Try again in 60 seconds."
  })
})

const org = OrgId.make("org")

it.effect.each(["runs", "records"] as const)(
  "a request of the kind %s waits two seconds for the place of a run",
  (kind) =>
    Effect.gen(function*() {
      const { admit, withPlace } = yield* Admission
      yield* Effect.forEach([1, 2], () => Effect.forkChild(withPlace("runs", org)(Effect.never)))
      yield* TestClock.adjust("1 millis")
      const admitted = admit({ organizationId: org, userId: UserId.make("ana"), role: "member" }, kind)(Effect.void)
      const asked = yield* Effect.forkChild(Effect.exit(admitted))
      yield* TestClock.adjust("2 seconds")
      assert.isTrue(Exit.isFailure(yield* Fiber.join(asked)))
    }).pipe(Effect.provide(Admission.layer))
)

describe("work inside work of the same resource", () => {
  it.effect("work inside a run uses the place of the run", () =>
    Effect.gen(function*() {
      const { withPlace } = yield* Admission
      const nested = withPlace("runs", org)(withPlace("runs", org)(Effect.as(Effect.sleep("1 second"), "done")))
      const runs = yield* Effect.forEach([1, 2], () => Effect.forkChild(nested))
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* Fiber.joinAll(runs), ["done", "done"])
    }).pipe(Effect.provide(Admission.layer)))

  it.effect("work that goes on after its run has ended needs a place of its own", () =>
    Effect.gen(function*() {
      const { withPlace } = yield* Admission
      const isOver = yield* Latch.make()
      let begun = 0
      const later = Effect.andThen(isOver.await, withPlace("runs", org)(Effect.sync(() => void (begun += 1))))
      yield* withPlace("runs", org)(Effect.forkDetach(later))
      const holding = yield* Effect.forEach([1, 2, 3], () => Effect.forkChild(withPlace("runs", org)(Effect.never)))
      yield* TestClock.adjust("1 millis")
      yield* isOver.open
      yield* TestClock.adjust("1 millis")
      assert.strictEqual(begun, 0)
      yield* Fiber.interruptAll(holding)
      yield* TestClock.adjust("1 millis")
      assert.strictEqual(begun, 1)
    }).pipe(Effect.provide(Admission.layer)))
})
