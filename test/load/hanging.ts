import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Clock, Console, Data, Duration, Effect } from "effect"
import { percentile } from "../bench/figures.ts"
import { machine } from "../bench/tables.ts"
import { embeddedServer } from "../support/embeddedServer.ts"
import { freezer, hanging } from "../support/frozenBackends.ts"
import { callerOf, serviceOn } from "../support/RunningService.ts"
import { makeKeyPair } from "../support/Tokens.ts"

class Broken extends Data.TaggedError("Broken")<{ readonly message: string }> {}

const quietMillis = 15_000
const frozenMillis = 30_000
const mostRatio = 2
const others = ["org_b", "org_c", "org_d", "org_e"]

type Caller = ReturnType<typeof callerOf>

interface Seen {
  readonly millis: Array<number>
  readonly statuses: Array<number>
}

/** Sends runs as this caller, with pauses of 10 ms, and asks `/ready` after each run. */
const runsUntil = Effect.fnUntraced(function*({ get, run }: Caller, until: number, seen: Seen) {
  while ((yield* Clock.currentTimeMillis) < until) {
    const [took, answer] = yield* Effect.timed(run("leads.total", "deals.win_rate", "calls.avg_duration"))
    const { status } = yield* get("/ready")
    seen.millis.push(Duration.toMillis(took))
    seen.statuses.push(answer.faults.some((fault) => fault !== undefined) ? 500 : answer.status, status)
    yield* Effect.sleep("10 millis")
  }
})

const runsOf = Effect.fnUntraced(function*(callers: ReadonlyArray<Caller>, millis: number) {
  const seen: Seen = { millis: [], statuses: [] }
  const until = (yield* Clock.currentTimeMillis) + millis
  yield* Effect.forEach(callers, (caller) => runsUntil(caller, until, seen), { concurrency: "unbounded" })
  return seen
})

const shown = ({ millis, statuses }: Seen) =>
  `${millis.length} runs, p50 ${percentile(millis, 0.5).toFixed(1)} ms, p95 ${
    percentile(millis, 0.95).toFixed(1)
  } ms, ` +
  `p99 ${percentile(millis, 0.99).toFixed(1)} ms, failed ${statuses.filter((status) => status !== 200).length}`

const measured = Effect.gen(function*() {
  const url = yield* embeddedServer
  const key = makeKeyPair()
  const { port } = yield* serviceOn(url, key, { WIDGET_TIMEOUT: "5 seconds" })
  const callers = others.map((organization) => callerOf(port, key, organization))
  const frozen = callerOf(port, key)
  yield* runsOf(callers, 15_000)
  const quiet = yield* runsOf(callers, quietMillis)
  yield* Console.log(`quiet before: ${shown(quiet)}`)

  const release = yield* hanging(url, "org_a")
  const { freeze, thaw } = yield* freezer(url)
  const statuses: Array<number> = []
  const flood = Effect.forever(Effect.andThen(
    Effect.map(frozen.run("leads.total"), ({ status }) => void statuses.push(status)),
    Effect.sleep("100 millis")
  ))
  const freezing = Effect.forever(Effect.andThen(freeze, Effect.sleep("200 millis")))
  const beside = yield* Effect.raceFirst(
    runsOf(callers, frozenMillis),
    Effect.all([freezing, ...Array.from({ length: 16 }, () => flood)], { concurrency: "unbounded", discard: true })
  )
  if (beside === undefined) return yield* new Broken({ message: "the flood ended" })
  const backends = yield* freeze
  yield* release
  yield* thaw
  yield* Console.log(`beside a frozen organization: ${shown(beside)}; ${backends} backends frozen`)
  const refused = statuses.filter((status) => status === 503).length
  yield* Console.log(`the frozen organization got ${statuses.length} answers, of which ${refused} were 503`)
  // V8 still compiles during the first quiet phase, so the faster one of the two quiet phases counts.
  const after = yield* runsOf(callers, quietMillis)
  yield* Console.log(`quiet after: ${shown(after)}`)
  const p95Of = ({ millis }: Seen) => percentile(millis, 0.95)
  const ratio = p95Of(beside) / Math.min(p95Of(quiet), p95Of(after))
  yield* Console.log(`p95 beside / quiet: ${ratio.toFixed(2)}`)
  const failed = [quiet, beside, after].flatMap(({ statuses }) => statuses).filter((status) => status !== 200).length
  if (failed > 0 || ratio > mostRatio) return yield* new Broken({ message: `${failed} failed, ratio ${ratio}` })
})

NodeRuntime.runMain(Effect.scoped(Effect.andThen(Console.log(machine()), measured)))
