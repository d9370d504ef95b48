import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Console, Data, Effect, Semaphore } from "effect"
import { parseArgs } from "node:util"
import { random, seedOf } from "../../src/data/Random.ts"
import { machine } from "../bench/tables.ts"
import { say } from "../support/locks.ts"
import { questionsFrom } from "./churn/asked.ts"
import { begun } from "./churn/begun.ts"
import { type Instance, instance } from "./churn/instance.ts"
import { makeHolds } from "./churn/makeHolds.ts"
import { makeTotals } from "./churn/makeTotals.ts"
import { makeWork } from "./churn/makeWork.ts"
import { observed } from "./churn/observed.ts"
import { nothingSeen } from "./churn/Referee.ts"
import { scopeFault } from "./churn/scopeFault.ts"
import { ids, organizations } from "./churn/tables.ts"
import { writtenBy } from "./churn/transactions.ts"
import { makeWriter } from "./churn/Writer.ts"

class Broken extends Data.TaggedError("Broken")<{ readonly message: string }> {}

const { values: given } = parseArgs({
  options: { trials: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } }
})
const [trials, seed] = [Number(given.trials), Number(given.seed)]
const writers = 8
const shownEvery = 500
/** After each pause of this length, all replicas are discarded and loaded again. */
const lossPause = "2 minutes"

/** Each instance has one of these timeouts. A refresh may take a hundredth of the timeout. */
const widgetTimeouts = ["5 minutes", "1 minute"] as const

const untilReplica = Effect.fnUntraced(function*(on: Instance, organization: string) {
  const questions = questionsFrom(random(seed))
  for (const seen = nothingSeen(undefined); seen.byReplica === 0;) {
    yield* Effect.provide(observed(questions(organization), seen, false), on)
    yield* Effect.sleep("20 millis")
  }
})

/** Each writer commits, and asks for a run at once. The run is compared with SQL at the same PgSnapshot. */
const program = Effect.gen(function*() {
  yield* Console.log(machine())
  const { copies, url } = yield* begun(ids)
  const work = makeWork()
  const instances = yield* Effect.all(
    [instance(url, widgetTimeouts[0], work.see), instance(url, widgetTimeouts[1], work.see)]
  )
  const totals = makeTotals(work)
  const holds = makeHolds(writers / 2)
  const access = yield* Semaphore.make(1)

  const writing = Effect.fnUntraced(function*(number: number) {
    const chance = random(seedOf(seed, number))
    const questions = questionsFrom(chance)
    const { write } = yield* makeWriter(url)
    while (totals.total.trials < trials) {
      const written = writtenBy(chance, copies)
      const trial = Effect.gen(function*() {
        const { error, xid } = yield* write(written, Effect.promise(() => holds.hold(chance.integer(1, 12))))
        const seen = nothingSeen(xid)
        const on = chance.pick(instances)
        const question = questions(chance.pick(organizations))
        const isFreeze = chance.chance(0.1)
        if (isFreeze) totals.total.freezes += 1
        if (!(yield* Effect.provide(observed(question, seen, isFreeze), on))) totals.total.refused += 1
        const scope = seen.scopes.at(-1)
        if (written.changesAccess && scope !== undefined) {
          totals.total.scopes += 1
          seen.faults.push(...yield* Effect.provide(scopeFault(question, scope), on))
        }
        yield* totals.add(seen, [written.shape, ...error].join("/"))
      })
      yield* written.changesAccess ? access.withPermits(1)(trial) : trial
      holds.trialEnded()
      if (totals.total.trials % shownEvery === 0) yield* totals.show
    }
    holds.end()
  })

  const losing = say(url, "GRANT SELECT ON crm.calls TO PUBLIC").pipe(
    Effect.delay(lossPause),
    Effect.forever
  )

  // This first load creates the triggers before anybody writes. Later loads happen between the writes.
  yield* untilReplica(instances[0], "north")
  yield* totals.began
  yield* Effect.forkChild(losing)
  yield* Effect.forEach(Array.from({ length: writers }, (_, index) => index), writing, { concurrency: writers })
  yield* totals.show
  yield* totals.showShapes
  const { batched, byReplica, bySql, differences, unchecked } = totals.total
  if (differences > 0) return yield* new Broken({ message: `${differences} differences` })
  if (byReplica <= bySql + unchecked) return yield* new Broken({ message: "too few counts were compared" })
  if (batched === 0) return yield* new Broken({ message: "no plan was counted ahead of its widget" })
}).pipe(Effect.scoped)

NodeRuntime.runMain(program)
