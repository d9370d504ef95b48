import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { RateLimits } from "../src/services/limits/RateLimits.ts"
import { RefusalPace, refusalPace } from "../src/services/limits/RefusalPace.ts"
import { IdempotencyKeys } from "../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { noTables } from "../src/testing/rows.ts"
import { signTestToken } from "../src/testing/signTestToken.ts"
import { handlerOver } from "./support/handlerOver.ts"
import { overloaded } from "./support/overloaded.ts"
import { requestOf } from "./support/requestOf.ts"
import { sourcesOver } from "./support/TestApp.ts"

/** An organization gets this many refusals at once before the first is delayed. */
const burst = 125

const refuse = Effect.fnUntraced(function*(times: number) {
  const pace = yield* RefusalPace
  const sent: Record<string, number> = {}
  const to = (organizationId: string, count = times) =>
    Effect.forEach(Array.from({ length: count }), () =>
      Effect.forkChild(
        Effect.andThen(pace(organizationId), Effect.sync(() => sent[organizationId] = (sent[organizationId] ?? 0) + 1))
      ))
  yield* to("flooding")
  yield* TestClock.adjust("0 millis")
  return { sent, to }
})

describe("refusals of an organization", () => {
  it.effect("the first 125 refusals are sent at once, and the next five after 250 ms", () =>
    Effect.gen(function*() {
      const { sent } = yield* refuse(burst + 5)
      assert.deepStrictEqual(sent, { flooding: burst })
      yield* TestClock.adjust("249 millis")
      assert.deepStrictEqual(sent, { flooding: burst })
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(sent, { flooding: burst + 5 })
    }).pipe(Effect.provide(refusalPace)))

  it.effect("refusals are sent at once if there are at most 500 a second", () =>
    Effect.gen(function*() {
      const { sent, to } = yield* refuse(burst)
      for (let millis = 2; millis <= 1_000; millis += 2) {
        yield* TestClock.adjust("2 millis")
        yield* to("flooding", 1)
      }
      yield* TestClock.adjust("0 millis")
      assert.deepStrictEqual(sent, { flooding: burst + 500 })
    }).pipe(Effect.provide(refusalPace)))

  it.effect("delayed refusals of one organization do not delay a refusal of another organization", () =>
    Effect.gen(function*() {
      const { sent, to } = yield* refuse(burst + 5)
      yield* to("other", 1)
      yield* TestClock.adjust("0 millis")
      assert.deepStrictEqual(sent, { flooding: burst, other: 1 })
    }).pipe(Effect.provide(refusalPace)))

  it.effect("at most 2,000 refusals are delayed at a time, and further refusals are sent at once", () =>
    Effect.gen(function*() {
      const { sent, to } = yield* refuse(burst + 2_003)
      assert.deepStrictEqual(sent, { flooding: burst + 3 })
      yield* TestClock.adjust("250 millis")
      assert.deepStrictEqual(sent, { flooding: burst + 2_003 })
      yield* to("flooding", burst + 2_000)
      yield* TestClock.adjust("0 millis")
      assert.deepStrictEqual(sent, { flooding: burst + 2_003 + burst })
    }).pipe(Effect.provide(refusalPace)))
})

it("a refusal by load shedding or by a rate limit is sent at the pace of its organization", async () => {
  const paced: Array<string> = []
  const refusing = Layer.mergeAll(
    Layer.succeed(RefusalPace, (organizationId) => Effect.sync(() => void paced.push(organizationId))),
    overloaded("overloaded"),
    Layer.succeed(RateLimits, {
      spend: ({ organizationId }) =>
        Effect.succeed({ rates: [], retryAfter: organizationId === "limited" ? 1 : undefined })
    })
  )
  const { dispose, handler } = handlerOver(Layer.mergeAll(
    sourcesOver(noTables),
    ReportRepo.layerMemory,
    SnapshotRepo.layerMemory,
    IdempotencyKeys.layerMemory,
    refusing
  ))
  const statusOf = async (organizationId: string) => {
    const token = signTestToken({ organizationId, userId: "ana", role: "admin" })
    const body = { widgets: [{ instanceId: "total", metricId: "leads.total", chart: "stat" }] }
    return (await handler(requestOf(token, "POST /crm-reports/metrics/run", body, {}))).status
  }
  const statuses = [await statusOf("overloaded"), await statusOf("limited"), await statusOf("quiet")]
  await dispose()
  assert.deepStrictEqual([statuses, paced], [[503, 429, 200], ["overloaded", "limited"]])
})
