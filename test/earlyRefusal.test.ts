import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Layer, Metric } from "effect"
import { vi } from "vitest"
import { OrgId } from "../src/domain/Ids.ts"
import { RateLimits } from "../src/services/limits/RateLimits.ts"
import { RunLimiter, runLimiter } from "../src/services/limits/RunLimiter.ts"
import { IdempotencyKeys } from "../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { shed as refusals } from "../src/telemetry/metrics.ts"
import { noTables } from "../src/testing/rows.ts"
import { signTestToken } from "../src/testing/signTestToken.ts"
import { handlerOver } from "./support/handlerOver.ts"
import { overloaded } from "./support/overloaded.ts"
import { requestOf } from "./support/requestOf.ts"
import { sourcesOver } from "./support/TestApp.ts"

const run = "POST /crm-reports/metrics/run"
const reportRun = "POST /crm-reports/00000000-0000-4000-8000-000000000000/run"
const widgets = [{ instanceId: "total", metricId: "leads.total", chart: "stat" }]

/** Each person has two requests. */
const spentBy = new Map<string, number>()
const spent: Array<string> = []
const limited = Layer.succeed(RateLimits, {
  spend: ({ userId }, policy) =>
    Effect.sync(() => {
      spent.push(policy)
      const remaining = 2 - (spentBy.get(userId) ?? 0)
      spentBy.set(userId, 3 - remaining)
      const rates = [{ name: policy, limit: 2, remaining: Math.max(0, remaining - 1), resetSeconds: 9 }]
      return { rates, retryAfter: remaining > 0 ? undefined : 9 }
    })
})

/** The limiter is asked by `shedLoad` only if a request was not refused early. */
const shed: Array<string> = []
const { dispose, handler } = handlerOver(Layer.mergeAll(
  sourcesOver(noTables),
  ReportRepo.layerMemory,
  SnapshotRepo.layerMemory,
  IdempotencyKeys.layerMemory,
  overloaded("acme", shed),
  limited
))
beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"] }))
afterAll(async () => {
  vi.useRealTimers()
  await dispose()
})

const tokenOf = (userId: string, organizationId = "acme") => signTestToken({ organizationId, userId })

const ask = async (token: string, request = run, headers: Record<string, string> = {}) => {
  const before = [shed.length, spent.length]
  const body = request.startsWith("POST") ? { widgets } : undefined
  const response = await handler(requestOf(token, request, body, { "x-request-id": "same", ...headers }))
  return {
    isEarly: response.status === 503 && shed.length === before[0],
    status: response.status,
    spent: spent.slice(before[1]),
    answer: { status: response.status, headers: [...response.headers], text: await response.text() }
  }
}

describe("a run of an organization whose runs in progress take too long", () => {
  it("a token that was verified before is refused early, with the bytes of a late refusal", async () => {
    const [ana, bo] = [tokenOf("ana"), tokenOf("bo")]
    const late = await ask(ana)
    await ask(bo, "GET /crm-reports/catalog")
    spentBy.delete("bo")
    const early = await ask(bo, run, { origin: "http://localhost:3000" })
    const lateAgain = await ask(tokenOf("cy"), run, { origin: "http://localhost:3000" })
    assert.deepStrictEqual([late.isEarly, early.isEarly, lateAgain.isEarly], [false, true, false])
    assert.deepStrictEqual(early.answer, lateAgain.answer)
    assert.deepInclude(JSON.parse(early.answer.text), { statusCode: 503, code: "unavailable", requestId: "same" })
    assert.include(early.answer.headers.join("\n"), "retry-after,1")
  })

  it("an early refusal counts once toward the rate limit, and gets 429 above it", async () => {
    const token = tokenOf("dan")
    assert.deepInclude(await ask(token), { isEarly: false, status: 503, spent: ["runs"] })
    assert.deepInclude(await ask(token), { isEarly: true, status: 503, spent: ["runs"] })
    assert.deepInclude(await ask(token), { isEarly: false, status: 429, spent: ["runs"] })
  })

  it("an early refusal counts as a file if the client asks for a file", async () => {
    const token = tokenOf("eve")
    await ask(token)
    assert.deepInclude(await ask(token, run, { accept: "text/csv" }), { isEarly: true, spent: ["files"] })
  })

  it("a run of a saved report is refused early too", async () => {
    const token = tokenOf("fay")
    await ask(token)
    assert.isTrue((await ask(token, reportRun)).isEarly)
  })

  it("other requests with the same token are answered", async () => {
    const token = tokenOf("gus")
    await ask(token)
    assert.strictEqual((await ask(token, "GET /crm-reports/catalog")).status, 200)
    assert.strictEqual((await ask(token, "PUT /crm-reports/metrics/run")).status, 405)
  })

  it("a run of another organization is computed", async () => {
    const token = tokenOf("ana", "bolt")
    await ask(token, "GET /crm-reports/catalog")
    await ask(tokenOf("hal"))
    spentBy.delete("ana")
    assert.strictEqual((await ask(token)).status, 200)
  })

  it("a token that names another organization than X-Organization-Id gets 403", async () => {
    const token = tokenOf("ivy")
    await ask(token)
    assert.strictEqual((await ask(token, run, { "x-organization-id": "bolt" })).status, 403)
    assert.isTrue((await ask(token, run, { "x-organization-id": "acme" })).isEarly)
  })
})

it.effect("an early refusal and a late one both count as a refused run in the metrics", () =>
  Effect.gen(function*() {
    const { counted, isOverloaded, refuse, shedLoad } = yield* RunLimiter
    const acme = OrgId.make("acme")
    const refused = Effect.map(Metric.value(refusals({ limit: "runs" })), ({ count }) => count)
    const asked = Effect.gen(function*() {
      assert.deepStrictEqual([yield* isOverloaded(acme), yield* isOverloaded(OrgId.make("bolt"))], [true, false])
      assert.strictEqual(yield* refused, 0)
      yield* Effect.exit(shedLoad(acme))
      yield* Effect.exit(refuse)
      assert.strictEqual(yield* refused, 2)
    })
    const among = [1, 2, 3, 4].reduce((run) => counted(acme, 100, () => run), asked)
    yield* among
  }).pipe(Effect.provide(runLimiter), Effect.provideService(Metric.MetricRegistry, new Map())))

describe("a stranger does not learn that an organization is overloaded", () => {
  it("a token with the claims of a known token and another signature gets 401", async () => {
    const token = tokenOf("jan")
    await ask(token)
    const forged = `${token.slice(0, -8)}AAAAAAAA`
    assert.deepInclude(await ask(forged), { status: 401, spent: [] })
    assert.deepInclude(await ask(""), { status: 401, spent: [] })
  })

  it("a token that was known until it expired gets 401", async () => {
    const expiresAt = Date.UTC(2200, 0)
    vi.setSystemTime(expiresAt - 10_000)
    const token = tokenOf("kim")
    await ask(token)
    assert.isTrue((await ask(token)).isEarly)
    vi.setSystemTime(expiresAt + 6_000)
    assert.deepInclude(await ask(token), { status: 401, spent: [] })
  })
})
