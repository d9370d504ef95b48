import { assert, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit, Fiber, Layer } from "effect"
import { SqlError } from "effect/sql"
import { TestClock } from "effect/testing"
import { OrgId } from "../../../src/domain/Ids.ts"
import { sender } from "../../../src/services/database/statements.ts"
import { makeReplica } from "../../../src/services/replica/Replica.ts"
import { makeReplicaPool, rowsPerReplica } from "../../../src/services/replica/ReplicaPool.ts"
import { Replicas } from "../../../src/services/replica/Replicas.ts"
import { eventually } from "../../support/eventually.ts"
import { recording, type Sent } from "../../support/recording.ts"

const state = { snapshot: "1:1:", captureEpoch: "", at: "0" }

const answers = [
  [" AS \"isUnchanged\"", { at: "0", isUnchanged: true }],
  [" AS \"hasChanges\"", { ...state, hasChanges: false }],
  [" AS at", state],
  [" AS counts", { counts: [] }]
] as const

const lockNotAvailable = new SqlError.SqlError({
  reason: new SqlError.UnknownError({ cause: Object.assign(new Error("a lock is held"), { code: "55P03" }) })
})

interface Database {
  isCaptured: boolean
  isLocked: boolean
  isComplete?: boolean
  /** If true, a statement that waits for the change log cannot be cancelled. */
  isFrozen?: boolean
}

/** Imitates a database that refuses every new trigger and blocks the change log while `isLocked`. */
const replicasOver = (database: Database, sent: Array<Sent>) =>
  Replicas.layer.pipe(
    Layer.provideMerge(recording(sent, (rows, text) => {
      if (text.endsWith(" AS \"isEnabled\"")) {
        return Effect.succeed([{ isPossible: true, isEnabled: database.isCaptured }])
      }
      if (text.endsWith(" AS \"isComplete\"")) {
        return Effect.succeed([{ captureEpoch: "", isComplete: database.isComplete ?? true }])
      }
      if (text.startsWith("CREATE OR REPLACE TRIGGER")) return Effect.fail(lockNotAvailable)
      const answer = answers.find(([end]) => text.endsWith(end))?.[1]
      const found = answer === undefined ? rows : [answer]
      if (/ AS "(isUnchanged|hasChanges)"$/.test(text) && database.isLocked) {
        const unlocked = eventually(Effect.sync(() => database.isLocked), (isLocked) => !isLocked)
        return database.isFrozen === true ? Effect.uninterruptible(Effect.as(unlocked, found)) : Effect.never
      }
      return Effect.succeed(found)
    })),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { REPLICA_ROWS: "10000" } })))
  )

const look = Effect.fnUntraced(function*(organizationId: string) {
  const replicas = yield* Replicas
  return yield* Effect.flatten(replicas.open(OrgId.make(organizationId), yield* sender))
})

const tenRuns = (organizationId: string) =>
  Effect.forEach(Array.from({ length: 10 }), () => look(organizationId), { discard: true })

const countOf = (sent: ReadonlyArray<Sent>, start: string) => sent.filter(({ text }) => text.startsWith(start)).length

const pass = Effect.repeat(TestClock.adjust("1 second"), { times: 20 })

it.effect("after a refresh of more than 50 ms, SQL answers the runs of the organization for one second", () =>
  Effect.gen(function*() {
    const [sent, database]: [Array<Sent>, Database] = [[], { isCaptured: true, isLocked: false }]
    yield* Effect.gen(function*() {
      yield* tenRuns("org")
      yield* pass
      const store = yield* look("org")
      assert.isDefined(store)
      database.isLocked = true
      const late = yield* Effect.forkChild(look("org"))
      yield* TestClock.adjust("49 millis")
      assert.isUndefined(late.pollUnsafe())
      yield* TestClock.adjust("2 millis")
      yield* Effect.repeat(Effect.yieldNow, { times: 20 })
      assert.deepStrictEqual(late.pollUnsafe(), Exit.succeed(undefined))
      const count = sent.length
      assert.isUndefined(yield* look("org"))
      assert.strictEqual(sent.length, count)
      database.isLocked = false
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* look("org"), store)
    }).pipe(Effect.provide(replicasOver(database, sent)))
  }))

it.effect("after a late refresh of one organization, the replicas of other organizations are used", () =>
  Effect.gen(function*() {
    const [sent, database]: [Array<Sent>, Database] = [[], { isCaptured: true, isLocked: false }]
    yield* Effect.gen(function*() {
      yield* tenRuns("org")
      yield* tenRuns("other")
      yield* pass
      database.isLocked = true
      const late = yield* Effect.forkChild(look("org"))
      yield* TestClock.adjust("51 millis")
      assert.isUndefined(yield* Fiber.join(late))
      database.isLocked = false
      assert.isDefined(yield* look("other"))
      assert.isUndefined(yield* look("org"))
    }).pipe(Effect.provide(replicasOver(database, sent)))
  }))

it.effect("while the statement of a late refresh still runs, the organization sends no other refresh", () =>
  Effect.gen(function*() {
    const [sent, database]: [Array<Sent>, Database] = [[], { isCaptured: true, isLocked: false, isFrozen: true }]
    yield* Effect.gen(function*() {
      yield* tenRuns("org")
      yield* pass
      database.isLocked = true
      const late = yield* Effect.forkChild(look("org"))
      yield* TestClock.adjust("51 millis")
      assert.isUndefined(yield* Fiber.join(late))
      yield* TestClock.adjust("1 minute")
      const count = sent.length
      assert.isUndefined(yield* look("org"))
      assert.strictEqual(sent.length, count)
      database.isLocked = false
      assert.isDefined(yield* eventually(look("org"), (store) => store !== undefined))
    }).pipe(Effect.provide(replicasOver(database, sent)))
  }))

it.effect("a freeze waits for the refresh of its replica even if the refresh takes a minute", () =>
  Effect.gen(function*() {
    const [sent, database]: [Array<Sent>, Database] = [[], { isCaptured: true, isLocked: false, isFrozen: true }]
    yield* Effect.gen(function*() {
      yield* tenRuns("org")
      yield* pass
      const store = yield* look("org")
      const replicas = yield* Replicas
      database.isLocked = true
      const frozen = yield* Effect.forkChild(Effect.flatten(replicas.openIn(OrgId.make("org"), yield* sender)))
      yield* TestClock.adjust("1 minute")
      assert.isUndefined(frozen.pollUnsafe())
      database.isLocked = false
      assert.isDefined(store)
      assert.strictEqual(yield* Fiber.join(frozen), store)
    }).pipe(Effect.provide(replicasOver(database, sent)))
  }))

it.effect("after six failures to lock the tables for triggers, no replica is loaded for ten minutes", () =>
  Effect.gen(function*() {
    const [sent, database]: [Array<Sent>, Database] = [[], { isCaptured: false, isLocked: false }]
    yield* Effect.gen(function*() {
      yield* Effect.forEach(["first", "second", "third"], tenRuns)
      yield* pass
      yield* Effect.forEach(["fourth", "first"], tenRuns)
      yield* pass
      assert.strictEqual(countOf(sent, "CREATE OR REPLACE TRIGGER"), 6)
      const waits = new Set(sent.map(({ text }) => text).filter((text) => text.includes("lock_timeout")))
      assert.deepStrictEqual([...waits], ["SET LOCAL lock_timeout = '50ms'"])
      yield* TestClock.adjust("10 minutes")
      yield* tenRuns("fifth")
      yield* pass
      assert.strictEqual(countOf(sent, "CREATE OR REPLACE TRIGGER"), 12)
    }).pipe(Effect.provide(replicasOver(database, sent)))
  }))

it.effect("a load of a replica that finds the change log incomplete is tried again after a minute", () =>
  Effect.gen(function*() {
    const [sent, database]: [Array<Sent>, Database] = [[], { isCaptured: true, isLocked: false, isComplete: false }]
    yield* Effect.gen(function*() {
      yield* tenRuns("org")
      yield* pass
      yield* look("org")
      yield* pass
      assert.strictEqual(countOf(sent, "FETCH"), 0)
      database.isComplete = true
      yield* TestClock.adjust("30 seconds")
      yield* look("org")
      yield* pass
      assert.isDefined(yield* look("org"))
    }).pipe(Effect.provide(replicasOver(database, sent)))
  }))

it("an empty replica counts as a fixed number of rows towards REPLICA_ROWS", () => {
  const pool = makeReplicaPool(2 * rowsPerReplica + 10)
  const organizations = ["a", "b", "c", "d"].map((id) => OrgId.make(id))
  const replica = makeReplica({ ...state, at: 0 })
  for (const [index, organizationId] of organizations.entries()) {
    const slot = pool.slot(organizationId)
    Object.assign(slot, { replica, usedAt: BigInt(index) })
    pool.trim(slot)
  }
  const kept = organizations.filter((organizationId) => pool.slot(organizationId).replica === replica)
  assert.deepStrictEqual(kept, organizations.slice(2))
})
