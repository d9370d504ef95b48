import { assert, it } from "@effect/vitest"
import { ConfigProvider, Effect, Fiber, Layer } from "effect"
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
  [" AS \"hasChanges\"", { ...state, hasChanges: false }],
  [" AS at", state],
  [" AS counts", { counts: [] }]
] as const

const committed = [
  [" AS \"isUnchanged\"", { at: "0", isUnchanged: false }],
  [" AS \"hasChanges\"", { ...state, snapshot: "2:2:", hasChanges: true }],
  [" AS touched", { ...state, snapshot: "2:2:", changes: "[]", touched: JSON.stringify(definitions.map(() => [])) }]
] as const

/** Imitates a database that answers each look after a commit in 20 ms. */
const replicasOver = (database: { hasCommits: boolean }, sent: Array<Sent>) =>
  Replicas.layer.pipe(
    Layer.provideMerge(recording(sent, (rows, text) => {
      const answers = database.hasCommits ? committed : quiet
      const answer = answers.find(([end]) => text.endsWith(end))?.[1]
      const found = Effect.succeed(answer === undefined ? rows : [answer])
      return database.hasCommits ? Effect.delay(found, "20 millis") : found
    })),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { REPLICA_ROWS: "10000" } })))
  )

const look = Effect.gen(function*() {
  return yield* Effect.flatten((yield* Replicas).open(OrgId.make("org"), yield* sender))
})

it.effect("the short statement takes no time from the two statements after it", () =>
  Effect.gen(function*() {
    const [sent, database]: [Array<Sent>, { hasCommits: boolean }] = [[], { hasCommits: false }]
    yield* Effect.gen(function*() {
      yield* Effect.repeat(look, { times: 9 })
      yield* Effect.repeat(TestClock.adjust("1 second"), { times: 20 })
      const replica = yield* look
      assert.isDefined(replica)
      database.hasCommits = true
      sent.splice(0)
      const late = yield* Effect.forkChild(look)
      yield* Effect.repeat(TestClock.adjust("10 millis"), { times: 6 })
      assert.strictEqual(yield* Fiber.join(late), replica)
      assert.lengthOf(sent, 3)
    }).pipe(Effect.provide(replicasOver(database, sent)))
  }))
