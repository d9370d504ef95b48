import { assert, it } from "@effect/vitest"
import { ConfigProvider, Effect, Fiber, Latch, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Organizations } from "../src/services/access/Organizations.ts"
import { CountLimiter } from "../src/services/limits/CountLimiter.ts"
import { MetricSource } from "../src/services/run/MetricSource.ts"
import { ask, runner } from "./support/ask.ts"
import { admin } from "./support/counted.ts"
import { recording, type Sent } from "./support/recording.ts"

interface Database {
  /** Counts the committed transactions that have changed a member. */
  commits: number
  readonly latch: Latch.Latch
  /** The result of a separate access query waits for this latch. */
  access: Latch.Latch
}

const startOf = { captureEpoch: "", at: "0" }

const snapshotAt = (commits: number) => `${commits + 1}:${commits + 1}:`

const answerTo = (text: string, { commits }: Database) => {
  const state = { ...startOf, snapshot: snapshotAt(commits) }
  if (text.includes(" AS \"isEnabled\"")) return { isPossible: true, isEnabled: true }
  if (text.includes(" AS changes")) {
    return { ...state, changes: JSON.stringify([[String(commits), "members", -1, []]]) }
  }
  if (text.includes(" AS \"hasChanges\"")) return { ...state, hasChanges: commits > 0 }
  if (text.includes(" AS at")) return state
  return text.includes(" AS counts") ? { counts: [] } : undefined
}

const latchFor = (text: string, { access, latch }: Database) => {
  if (text.includes(" AS \"hasChanges\"")) return latch
  return text.includes("crm.members ") ? access : undefined
}

/** Imitates a database without rows. A refresh query reads the commits, and then waits for `latch`. */
const over = (database: Database, sent: Array<Sent>) =>
  runner.pipe(
    Layer.provide([Organizations.layerSql, MetricSource.layerReplica]),
    Layer.provide(CountLimiter.layer),
    Layer.provide(recording(sent, (rows, text) => {
      const answer = answerTo(text, database)
      const found = answer === undefined ? rows : [answer, ...rows]
      return latchFor(text, database)?.whenOpen(Effect.succeed(found)) ?? Effect.succeed(found)
    })),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { REPLICA_ROWS: "10000" } }))),
    Layer.fresh
  )

const widgets = [{ instanceId: "w", metricId: "leads.total", chart: "stat" }]
const run = ask({ caller: admin, request: { everyone: true, widgets } })
const ownRun = ask({ caller: admin, request: { widgets } })

const asksAccess = ({ text }: Sent) => text.includes("crm.members ")
const isLook = ({ text }: Sent) => text.includes(" AS \"hasChanges\"")

/** Makes so many runs that the organization gets a replica, and then empties `sent`. */
const warmedUp = Effect.fnUntraced(function*(sent: Array<Sent>) {
  yield* Effect.repeat(run, { times: 12 })
  yield* Effect.repeat(TestClock.adjust("1 second"), { times: 20 })
  yield* Effect.repeat(run, { times: 2 })
  sent.splice(0)
})

const inScene = <A, E, R>(work: (database: Database, sent: Array<Sent>) => Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const sent: Array<Sent> = []
    const database: Database = { commits: 0, latch: yield* Latch.make(true), access: yield* Latch.make(true) }
    return yield* Effect.provide(Effect.andThen(warmedUp(sent), work(database, sent)), over(database, sent))
  })

it.effect("a run over a replica sends one refresh query and no access query while no member has changed", () =>
  inScene((_, sent) =>
    Effect.gen(function*() {
      yield* run
      assert.deepStrictEqual(sent.map((one) => [isLook(one), asksAccess(one)]), [[true, false]])
    })
  ))

it.effect("twenty concurrent runs of an organization send two refresh queries", () =>
  inScene(({ latch }, sent) =>
    Effect.gen(function*() {
      yield* latch.close
      const runs = yield* Effect.forEach(Array.from({ length: 20 }), () => Effect.forkChild(run))
      yield* Effect.repeat(Effect.yieldNow, { times: 20 })
      assert.lengthOf(sent, 1)
      yield* latch.open
      yield* Effect.forEach(runs, Fiber.join)
      assert.deepStrictEqual(sent.map(isLook), [true, true])
    })
  ))

it.effect("when a member changes during one run's refresh query, the next run sends the access query", () =>
  inScene((database, sent) =>
    Effect.gen(function*() {
      yield* database.latch.close
      const early = yield* Effect.forkChild(run)
      yield* Effect.repeat(Effect.yieldNow, { times: 20 })
      database.commits = 1
      const late = yield* Effect.forkChild(run)
      yield* Effect.repeat(Effect.yieldNow, { times: 20 })
      assert.lengthOf(sent, 1)
      yield* database.latch.open
      yield* Fiber.join(early)
      assert.isFalse(sent.some(asksAccess))
      yield* Fiber.join(late)
      assert.isTrue(sent.some(asksAccess))
    })
  ))

it.effect("the run that notices a changed member and the run after it send the access query, and the third run does not", () =>
  inScene((database, sent) =>
    Effect.gen(function*() {
      database.commits = 1
      yield* run
      assert.lengthOf(sent.filter(asksAccess), 1)
      database.commits = 0
      sent.splice(0)
      yield* run
      assert.lengthOf(sent.filter(asksAccess), 1)
      yield* run
      assert.lengthOf(sent.filter(asksAccess), 1)
    })
  ))

it.effect("after a run noticed that a member changed, an older result of the access query is not used", () =>
  inScene((database, sent) =>
    Effect.gen(function*() {
      const { access } = database
      database.access = yield* Latch.make(false)
      const early = yield* Effect.forkChild(ownRun)
      yield* Effect.repeat(Effect.yieldNow, { times: 20 })
      assert.deepStrictEqual(sent.map(asksAccess), [true])
      const held = database.access
      database.access = access
      database.commits = 1
      yield* run
      database.commits = 0
      yield* held.open
      yield* Fiber.join(early)
      sent.splice(0)
      yield* ownRun
      assert.lengthOf(sent.filter(asksAccess), 1)
      sent.splice(0)
      yield* ownRun
      assert.isFalse(sent.some(asksAccess))
    })
  ))
