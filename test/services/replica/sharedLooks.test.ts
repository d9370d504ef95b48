import { assert, it } from "@effect/vitest"
import { ConfigProvider, Effect, Fiber, Latch, Layer } from "effect"
import { TestClock } from "effect/testing"
import { definitions } from "../../../src/columnStore/joined/joins.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { ask, runner } from "../../support/ask.ts"
import { admin } from "../../support/counted.ts"
import { recording, type Sent } from "../../support/recording.ts"

interface Database {
  /** The number of the last committed transaction. */
  commits: number
  /** The number of the last committed transaction that has changed a member. */
  memberCommit: number
  readonly latch: Latch.Latch
  /** The result of a separate access query waits for this latch. */
  access: Latch.Latch
}

type Text = Pick<Sent, "text">
const isShortLook = ({ text }: Text) => text.endsWith(" AS \"isUnchanged\"")
const isFullLook = ({ text }: Text) => text.includes(" AS \"hasChanges\"")
const isLook = (one: Text) => isShortLook(one) || isFullLook(one)

const startOf = { captureEpoch: "", at: "0" }

const snapshotAt = (commits: number) => `${commits + 1}:${commits + 1}:`

const changeMember = (database: Database) => {
  database.commits += 1
  database.memberCommit = database.commits
}

const endOf = (snapshot: unknown) => Number(String(snapshot).split(":")[1])

const answerTo = ({ params, text }: Sent, { commits, memberCommit }: Database) => {
  const state = { ...startOf, snapshot: snapshotAt(commits) }
  if (text.includes(" AS \"isEnabled\"")) return { isPossible: true, isEnabled: true }
  if (text.includes(" AS changes")) {
    const changes = JSON.stringify([[String(memberCommit), "members", -1, []]])
    return { ...state, changes, touched: JSON.stringify(definitions.map(() => [])) }
  }
  if (isShortLook({ text })) return { at: "0", isUnchanged: params[0] === state.snapshot }
  if (isFullLook({ text })) return { ...state, hasChanges: endOf(params[1]) <= memberCommit }
  if (text.includes(" AS at")) return state
  return text.includes(" AS counts") ? { counts: [] } : undefined
}

const latchFor = (text: string, { access, latch }: Database) => {
  if (isLook({ text })) return latch
  return text.includes("crm.members ") ? access : undefined
}

/** Imitates a database without rows. A refresh query reads the commits, and then waits for `latch`. */
const over = (database: Database, sent: Array<Sent>) =>
  runner.pipe(
    Layer.provide([Organizations.layerSql, MetricSource.layerReplica]),
    Layer.provide(Admission.layer),
    Layer.provide(recording(sent, (rows, text, params) => {
      const answer = answerTo({ text, params }, database)
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
    const [latch, access] = [yield* Latch.make(true), yield* Latch.make(true)]
    const database: Database = { commits: 0, memberCommit: 0, latch, access }
    return yield* Effect.provide(Effect.andThen(warmedUp(sent), work(database, sent)), over(database, sent))
  })

it.effect("a run over a replica sends one refresh query and no access query while no member has changed", () =>
  inScene((_, sent) =>
    Effect.gen(function*() {
      yield* run
      assert.deepStrictEqual(sent.map((one) => [isLook(one), asksAccess(one)]), [[true, false]])
    })
  ))

it.effect("a refresh sends the full look only after a commit, and without the short look if the refresh before found a commit", () =>
  inScene((database, sent) =>
    Effect.gen(function*() {
      const looks = Effect.map(run, () => sent.splice(0).filter(isLook).map(isShortLook))
      assert.deepStrictEqual(yield* looks, [true])
      database.commits += 1
      assert.deepStrictEqual(yield* looks, [true, false])
      database.commits += 1
      assert.deepStrictEqual(yield* looks, [false])
      assert.deepStrictEqual(yield* looks, [false])
      assert.deepStrictEqual(yield* looks, [true])
    })
  ))

it.effect("a run that sends the access query sends it with a full look, also after a look that found no commit", () =>
  inScene((database, sent) =>
    Effect.gen(function*() {
      yield* ownRun
      changeMember(database)
      yield* Effect.repeat(run, { times: 4 })
      assert.deepStrictEqual(sent.slice(-1).map(isShortLook), [true])
      sent.splice(0)
      yield* ownRun
      assert.deepStrictEqual(sent.map((one) => [isFullLook(one), asksAccess(one)]), [[true, true]])
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
      changeMember(database)
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
      changeMember(database)
      yield* run
      assert.lengthOf(sent.filter(asksAccess), 1)
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
      changeMember(database)
      yield* run
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
