import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Console, Data, Effect, Redacted } from "effect"
import { Client } from "pg"
import { percentile } from "../bench/figures.ts"
import { machine } from "../bench/tables.ts"
import { say } from "../support/locks.ts"
import { insertedLead, leads, migratedPair, nothingSeen, overStandbys, untilUsable } from "../support/standbys.ts"
import { frozen } from "../support/standbyServer.ts"

const trials = 5_000
const freezes = 20
const runsInAFreeze = 20
const mostMillis = 150

class Broken extends Data.TaggedError("Broken")<{ readonly message: string }> {}

const hasty = { DATABASE_REPLICA_WAIT: "100 millis" }

/** The standby replays each commit with one of these delays, in milliseconds. */
const delays = [0, 5, 20, 90, 200]

const writerOf = (url: Redacted.Redacted) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const client = new Client(Redacted.value(url))
      await client.connect()
      return client
    }),
    (client) => Effect.promise(() => client.end())
  )

const stale = Effect.gen(function*() {
  const { primary, standby, start } = yield* migratedPair()
  yield* start
  const writer = yield* writerOf(primary)
  yield* Effect.provide(untilUsable, overStandbys(primary, [standby], nothingSeen()))
  let written = 0
  let wrong = 0
  for (const delay of delays) {
    const seen = nothingSeen()
    yield* say(standby, `ALTER SYSTEM SET recovery_min_apply_delay = ${delay}`)
    yield* say(standby, "SELECT pg_reload_conf()")
    yield* Effect.gen(function*() {
      if (delay < 100) yield* untilUsable
      for (let trial = 0; trial < trials / delays.length; trial++) {
        yield* Effect.promise(() => writer.query(insertedLead))
        written += 1
        if ((yield* leads) !== written) wrong += 1
      }
    }).pipe(Effect.provide(overStandbys(primary, [standby], seen, hasty)))
    yield* Console.log(
      `replay delayed by ${delay} ms: ${seen.answered.length} of ${trials / delays.length} on the standby`
    )
  }
  yield* Console.log(`${wrong} stale of ${written} runs, each after a commit`)
  return wrong === 0 ? [] : [`${wrong} runs were stale`]
}).pipe(Effect.scoped)

const timesOf = (count: number) =>
  Effect.gen(function*() {
    const millis: Array<number> = []
    for (let run = 0; run < count; run++) {
      const since = performance.now()
      yield* leads
      millis.push(performance.now() - since)
    }
    return millis
  })

const warmUp = 300
const measured = 1_000

/** Compares the median time of a run on the primary with that on a standby, over an empty table. */
const cost = Effect.gen(function*() {
  const { primary, standby, start } = yield* migratedPair()
  yield* start
  const over = (standbys: ReadonlyArray<Redacted.Redacted>) =>
    Effect.gen(function*() {
      if (standbys.length > 0) yield* untilUsable
      yield* timesOf(warmUp)
      return (percentile(yield* timesOf(measured), 0.5)).toFixed(2)
    }).pipe(Effect.provide(overStandbys(primary, standbys, nothingSeen(), hasty)))
  yield* Console.log(
    `a run of one widget: ${yield* over([])} ms on the primary, ${yield* over([standby])} ms on the standby`
  )
  return []
}).pipe(Effect.scoped)

const freezing = Effect.gen(function*() {
  const { primary, standby, start } = yield* migratedPair()
  const server = yield* start
  const first: Array<number> = []
  const later: Array<number> = []
  // A new service is used for each freeze of the standby, because a service that has lost the standby avoids it.
  const freeze = Effect.gen(function*() {
    yield* untilUsable
    yield* leads
    yield* frozen(server)
    first.push(...yield* timesOf(1))
    later.push(...yield* timesOf(runsInAFreeze))
  }).pipe(Effect.scoped, Effect.provide(overStandbys(primary, [standby], nothingSeen(), hasty)))
  yield* Effect.repeat(freeze, { times: freezes - 1 })
  const longest = Math.max(...first, ...later)
  yield* Console.log(
    `standby frozen ${freezes} times: the first run took ${
      percentile(first, 0.5).toFixed(1)
    } ms (median) and at most ` +
      `${Math.max(...first).toFixed(1)} ms, later runs ${percentile(later, 0.5).toFixed(1)} ms (median) and at most ` +
      `${Math.max(...later).toFixed(1)} ms`
  )
  return longest <= mostMillis ? [] : [`a run took ${longest.toFixed(1)} ms`]
}).pipe(Effect.scoped)

const wanted = process.argv[2]

const load = Effect.gen(function*() {
  yield* Console.log(machine())
  const faults = [
    ...(wanted === "frozen" ? [] : yield* stale),
    ...(wanted === "stale" ? [] : [...yield* freezing, ...yield* cost])
  ]
  if (faults.length > 0) return yield* new Broken({ message: faults.join("; ") })
})

NodeRuntime.runMain(load)
