import { assert, it } from "@effect/vitest"
import { ConfigProvider, Effect, Fiber, Latch, Layer } from "effect"
import { TestClock } from "effect/testing"
import { OrgId } from "../../../src/domain/Ids.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { sender } from "../../../src/services/database/statements.ts"
import { Replicas } from "../../../src/services/replica/Replicas.ts"
import { logInto } from "../../support/logInto.ts"
import { recording, type Sent } from "../../support/recording.ts"

const [busy, other] = [OrgId.make("busy"), OrgId.make("other")]

const answers = [
  [" AS \"isEnabled\"", [{ isPossible: true, isEnabled: true }]],
  [" AS at", [{ snapshot: "1:1:", captureEpoch: "", at: "0" }]],
  [" AS counts", [{ counts: [] }]]
] as const

/** Imitates a database without rows, in which every FETCH takes as long as `fetch`. */
const replicasOver = (sent: Array<Sent>, fetch: Effect.Effect<unknown>) =>
  Replicas.layer.pipe(
    Layer.provideMerge(recording(sent, (rows, text) => {
      const answer = answers.find(([end]) => text.endsWith(end))?.[1] ?? rows
      return text.startsWith("FETCH") ? Effect.as(fetch, []) : Effect.succeed(answer)
    })),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { REPLICA_ROWS: "10000", DATABASE_POOL: "2" } })))
  )

const run = Effect.gen(function*() {
  const replicas = yield* Replicas
  return yield* Effect.flatten(replicas.open(busy, yield* sender))
})

const tenRuns = Effect.forEach(Array.from({ length: 10 }), () => run)

it.effect("a load that is given up counts as a used connection until its statement has ended", () =>
  Effect.gen(function*() {
    const sent: Array<Sent> = []
    const latch = yield* Latch.make()
    yield* Effect.gen(function*() {
      const limiter = yield* Admission
      yield* tenRuns
      yield* TestClock.adjust("6 minutes")
      assert.isTrue(sent.some(({ text }) => text.startsWith("FETCH")))
      const waiting = yield* Effect.forkChild(limiter.withConnection(other)(Effect.void))
      yield* TestClock.adjust("1 second")
      assert.isUndefined(waiting.pollUnsafe())
      yield* latch.open
      yield* Fiber.join(waiting)
    }).pipe(Effect.provide(replicasOver(sent, Effect.uninterruptible(latch.await))))
  }))

it.effect("the log line of a replica's load has no requestId of the run that caused the load", () =>
  Effect.gen(function*() {
    const lines: Array<string> = []
    const log = logInto(lines)
    yield* Effect.gen(function*() {
      yield* Effect.annotateLogs(tenRuns, { requestId: "of the tenth run" })
      yield* Effect.repeat(TestClock.adjust("1 second"), { times: 20 })
    }).pipe(Effect.provide(Layer.provideMerge(replicasOver([], Effect.void), log)))
    assert.match(lines.join("\n"), /replica loaded.*organizationId=busy rows=0/)
    assert.notInclude(lines.join("\n"), "requestId")
  }))

/** Returns the log of ten runs, and of the hour after them. */
const hourOf = Effect.fnUntraced(function*(fetch: Effect.Effect<unknown>) {
  const lines: Array<string> = []
  yield* Effect.gen(function*() {
    yield* tenRuns
    yield* Effect.repeat(TestClock.adjust("1 minute"), { times: 60 })
  }).pipe(Effect.provide(Layer.provideMerge(replicasOver([], fetch), logInto(lines))))
  return lines.join("\n")
})

it.effect("a load goes on as long as its statements end, and the log says how far it is", () =>
  Effect.gen(function*() {
    const log = yield* hourOf(Effect.sleep("4 minutes"))
    assert.match(log, /a replica is being loaded.*organizationId=busy rows=0 of=0/)
    assert.match(log, /replica loaded.*organizationId=busy rows=0/)
    assert.notInclude(log, "failed")
  }))

it.effect("a load is given up if nothing arrives for five minutes, and the log says where to look", () =>
  Effect.gen(function*() {
    const log = yield* hourOf(Effect.never)
    assert.match(log, /replica load failed, using SQL.*organizationId=busy/)
    assert.match(log, /no row arrived for 5m: look for locks/)
    assert.notInclude(log, "replica loaded")
  }))
