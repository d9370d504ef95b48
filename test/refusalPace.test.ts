import { assert, describe, it } from "@effect/vitest"
import { Clock, Effect, Layer } from "effect"
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
const burst = 250

const burstBesideOthers = 10

const refuse = Effect.fnUntraced(function*(times: number) {
  const { waitBeforeRefusal } = yield* RefusalPace
  const sent: Record<string, number> = {}
  const to = (organizationId: string, count = times) =>
    Effect.forEach(Array.from({ length: count }), () =>
      Effect.forkChild(
        Effect.andThen(
          waitBeforeRefusal(organizationId),
          Effect.sync(() => sent[organizationId] = (sent[organizationId] ?? 0) + 1)
        )
      ))
  yield* to("flooding")
  yield* TestClock.adjust("0 millis")
  return { sent, to }
})

const noteAnswer = Effect.fnUntraced(function*(organizationId: string) {
  const { noteAnswer } = yield* RefusalPace
  noteAnswer(organizationId, yield* Clock.monotonicTimeNanos)
})

describe("refusals of an organization", () => {
  it.effect("the first 250 refusals are sent at once, and the next five after 250 ms", () =>
    Effect.gen(function*() {
      const { sent } = yield* refuse(burst + 5)
      assert.deepStrictEqual(sent, { flooding: burst })
      yield* TestClock.adjust("249 millis")
      assert.deepStrictEqual(sent, { flooding: burst })
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(sent, { flooding: burst + 5 })
    }).pipe(Effect.provide(refusalPace)))

  it.effect("refusals are sent at once if there are at most 1,000 a second", () =>
    Effect.gen(function*() {
      const { sent, to } = yield* refuse(burst)
      for (let millis = 1; millis <= 1_000; millis += 1) {
        yield* TestClock.adjust("1 millis")
        yield* to("flooding", 1)
      }
      yield* TestClock.adjust("0 millis")
      assert.deepStrictEqual(sent, { flooding: burst + 1_000 })
    }).pipe(Effect.provide(refusalPace)))

  it.effect("beside an organization that gets answers, ten refusals are sent at once, and the next after a second", () =>
    Effect.gen(function*() {
      yield* noteAnswer("other")
      const { sent } = yield* refuse(burst)
      assert.deepStrictEqual(sent, { flooding: burstBesideOthers })
      yield* TestClock.adjust("999 millis")
      assert.deepStrictEqual(sent, { flooding: burstBesideOthers })
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(sent, { flooding: burst })
    }).pipe(Effect.provide(refusalPace)))

  it.effect("beside an organization that gets answers, 40 refusals a second are sent at once", () =>
    Effect.gen(function*() {
      yield* noteAnswer("other")
      const { sent, to } = yield* refuse(burstBesideOthers)
      for (let millis = 5; millis <= 1_000; millis += 5) {
        yield* TestClock.adjust("5 millis")
        yield* to("flooding", 1)
      }
      yield* TestClock.adjust("0 millis")
      assert.deepStrictEqual(sent, { flooding: burstBesideOthers + 40 })
    }).pipe(Effect.provide(refusalPace)))

  it.effect("answers of the organization itself do not delay its refusals", () =>
    Effect.gen(function*() {
      yield* noteAnswer("flooding")
      const { sent } = yield* refuse(burst + 5)
      assert.deepStrictEqual(sent, { flooding: burst })
    }).pipe(Effect.provide(refusalPace)))

  it.effect("ten seconds after the last answer of another organization, 250 refusals are sent at once again", () =>
    Effect.gen(function*() {
      yield* noteAnswer("other")
      yield* TestClock.adjust("10 seconds")
      const { sent } = yield* refuse(burst + 5)
      assert.deepStrictEqual(sent, { flooding: burst })
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

it("a refusal by load shedding or by a rate limit waits, and another response is noted as an answer", async () => {
  const paced: Array<string> = []
  const answered: Array<string> = []
  const refusing = Layer.mergeAll(
    Layer.succeed(RefusalPace, {
      noteAnswer: (organizationId) => void answered.push(organizationId),
      waitBeforeRefusal: (organizationId) => Effect.sync(() => void paced.push(organizationId))
    }),
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
  assert.deepStrictEqual([statuses, paced, answered], [[503, 429, 200], ["overloaded", "limited"], ["quiet"]])
})
