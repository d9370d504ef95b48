import { assert, it } from "@effect/vitest"
import { ConfigProvider, Effect, Fiber, Layer } from "effect"
import { SqlError } from "effect/sql"
import { TestClock } from "effect/testing"
import { definitions } from "../../../src/columnStore/joined/joins.ts"
import { OrgId } from "../../../src/domain/Ids.ts"
import { sender } from "../../../src/services/database/statements.ts"
import { Replicas } from "../../../src/services/replica/Replicas.ts"
import { recording, type Sent } from "../../support/recording.ts"

const state = { snapshot: "1:1:", captureEpoch: "", at: "0" }

const quiet = [
  [" AS \"isEnabled\"", { isPossible: true, isEnabled: true }],
  [" AS \"isComplete\"", { captureEpoch: "", isComplete: true }],
  [" AS \"isUnchanged\"", { at: "0", isUnchanged: true }],
  [" AS \"hasChanges\"", { ...state, hasChanges: false }],
  [" AS at", state],
  [" AS counts", { counts: [] }]
] as const

const committed = [
  [" AS \"isUnchanged\"", { at: "0", isUnchanged: false }],
  [" AS \"hasChanges\"", { ...state, snapshot: "2:2:", hasChanges: true }],
  [" AS touched", { ...state, snapshot: "2:2:", changes: "[]", touched: JSON.stringify(definitions.map(() => [])) }]
] as const

const restarted = [
  [" AS \"isUnchanged\"", { at: "0", isUnchanged: false }],
  [" AS \"hasChanges\"", { ...state, captureEpoch: "another server", hasChanges: false }]
] as const

const connectionLost = new SqlError.SqlError({
  reason: new SqlError.ConnectionError({ cause: new Error("the server closed the connection") })
})

interface Database {
  hasCommits: boolean
  /** If true, each statement loses its connection. */
  isLost?: boolean
  isRestarted?: boolean
}

/** Imitates a database that answers each look after a commit in 20 ms. */
const replicasOver = (database: Database, sent: Array<Sent>) =>
  Replicas.layer.pipe(
    Layer.provideMerge(recording(sent, (rows, text) => {
      if (database.isLost === true) return Effect.fail(connectionLost)
      const answers = database.hasCommits ? committed : database.isRestarted === true ? restarted : quiet
      const answer = answers.find(([end]) => text.endsWith(end))?.[1]
      const found = Effect.succeed(answer === undefined ? rows : [answer])
      return database.hasCommits ? Effect.delay(found, "20 millis") : found
    })),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { REPLICA_ROWS: "10000" } })))
  )

const look = Effect.gen(function*() {
  return yield* Effect.flatten((yield* Replicas).open(OrgId.make("org"), yield* sender))
})

const loaded = Effect.gen(function*() {
  yield* Effect.repeat(look, { times: 9 })
  yield* Effect.repeat(TestClock.adjust("1 second"), { times: 20 })
  const replica = yield* look
  assert.isDefined(replica)
  return replica
})

it.effect("the short statement takes no time from the two statements after it", () =>
  Effect.gen(function*() {
    const [sent, database]: [Array<Sent>, Database] = [[], { hasCommits: false }]
    yield* Effect.gen(function*() {
      const replica = yield* loaded
      database.hasCommits = true
      sent.splice(0)
      const late = yield* Effect.forkChild(look)
      yield* Effect.repeat(TestClock.adjust("10 millis"), { times: 6 })
      assert.strictEqual(yield* Fiber.join(late), replica)
      assert.lengthOf(sent, 3)
    }).pipe(Effect.provide(replicasOver(database, sent)))
  }))

it.effect("a replica outlives a lost connection, but not a restart of the server behind it", () =>
  Effect.gen(function*() {
    const [sent, database]: [Array<Sent>, Database] = [[], { hasCommits: false }]
    yield* Effect.gen(function*() {
      const replica = yield* loaded
      database.isLost = true
      assert.isUndefined(yield* look)
      database.isLost = false
      const count = sent.length
      assert.isUndefined(yield* look)
      assert.strictEqual(sent.length, count)
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* look, replica)
      database.isLost = true
      assert.isUndefined(yield* look)
      Object.assign(database, { isLost: false, isRestarted: true })
      yield* TestClock.adjust("1 second")
      assert.isUndefined(yield* look)
      database.isRestarted = false
      assert.isUndefined(yield* look)
    }).pipe(Effect.provide(replicasOver(database, sent)))
  }))
