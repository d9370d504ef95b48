import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Clock, Console, Data, Effect } from "effect"
import { percentile } from "../bench/figures.ts"
import { machine } from "../bench/tables.ts"
import { expiring, hs256, ours, refused, theirs } from "../support/tokenCases.ts"
import { claims, seconds, sign } from "../support/Tokens.ts"
import { allMillis, type Outcome, send, type Sent, shownMillis, shownOutcomes } from "./Sender.ts"
import { sending } from "./sending.ts"
import { service, transactionsOn } from "./Service.ts"

const badASecond = 1_000
const goodASecond = 20
const forSeconds = 10
const minute = 60_000
const afterLook = 5_000
/** The time of a measurement, with the waits for the statistics of PostgreSQL. */
const windowMillis = 1_000 * (forSeconds + 26)

class Broken extends Data.TaggedError("Broken")<{ readonly message: string }> {}

/** The sign-in refuses each of these kinds of token with 401. */
const kinds: ReadonlyArray<() => string | undefined> = [
  () => sign(theirs, { ...claims(), nonce: Math.random() }),
  () => sign(ours, { ...claims(), iss: `https://${Math.random()}.example` }),
  () => expiring(seconds() - 60 - Math.random()),
  () => "x".repeat(2_000),
  hs256,
  ...refused.filter(([, , status]) => status === 401).map(([, token]) => token)
]

/** Longer tokens are left out. Node refuses a header above 16 KB with 431, so the sign-in would not see the token. */
const longest = 8 * 1024

/** Made right before they are sent, because some of them are valid after a minute. */
const ofEveryKind = () =>
  Array.from({ length: 20 }, () => kinds.map((token) => token() ?? "")).flat()
    .filter(({ length }) => length <= longest)

/** These tokens take longest to check, because only their signature is wrong. */
const forged = () =>
  Array.from({ length: 500 }, (_, index) => sign(theirs, { ...claims(), exp: seconds() + 600, index }))

const badly = (port: number, tokens: ReadonlyArray<string>) => {
  const calls = tokens.map((token) => ({ port, method: "GET", path: "/crm-reports/catalog", token }) as const)
  return sending({ calls, aSecond: badASecond, seconds: forSeconds })
}

const body = JSON.stringify({
  widgets: ["leads.total", "deals.win_rate", "tasks.overdue"].map((metricId, index) => ({
    instanceId: String(index),
    metricId,
    chart: "stat"
  }))
})

const well = (port: number) => {
  const token = sign(ours, { ...claims(), exp: seconds() + 600 })
  const call = { port, method: "POST", path: "/crm-reports/metrics/run", token, body } as const
  return Effect.promise(() => send(() => call, goodASecond, forSeconds))
}

const p95 = (sent: Sent) => percentile(allMillis(sent), 0.95)

const line = (name: string, sent: Sent) =>
  `${name}: ${shownOutcomes(sent)}; ${shownMillis(allMillis(sent))}; sent at most ${
    sent.latestMillis.toFixed(0)
  } ms late`

const hasOnly = ({ millisBy }: Sent, outcome: Outcome) => millisBy.size === 1 && millisBy.has(outcome)

/** PostgreSQL also counts a transaction for each new connection of the pool. */
const mostTransactions = 10

const faultsOf = (bad: Sent, good: Sent, quiet: Sent, queries: number) => [
  ...(hasOnly(bad, "401") ? [] : ["a bad token was not answered with 401"]),
  ...(hasOnly(good, "200") ? [] : ["the valid caller was not answered with 200"]),
  ...(queries <= mostTransactions ? [] : [`bad tokens cost ${queries} transactions`]),
  ...(p95(good) <= 2 * p95(quiet) ? [] : ["the valid caller's p95 more than doubled"])
]

/** Each minute, the service looks for what is due, which costs about ten transactions. */
const betweenTwoLooks = Effect.flatMap(Clock.currentTimeMillis, (now) => {
  const passed = now % minute
  const isBetween = passed > afterLook && passed < minute - windowMillis
  return isBetween ? Effect.void : Effect.sleep((minute + afterLook - passed) % minute + 1)
})

const load = Effect.gen(function*() {
  const { port, url } = yield* service(ours.publicPem)
  const transactionsIn = Effect.fnUntraced(function*<A>(effect: Effect.Effect<A>) {
    yield* betweenTwoLooks
    const before = yield* transactionsOn(url)
    const found = yield* effect
    return [found, (yield* transactionsOn(url)) - before] as const
  })
  yield* well(port)
  const [quiet, own] = yield* transactionsIn(well(port))
  yield* Console.log(`${machine()}\n${line("valid caller, quiet", quiet)}; ${own} transactions`)
  const faults = yield* Effect.forEach(
    [["bad tokens of every kind", ofEveryKind], ["tokens forged with another key", forged]] as const,
    Effect.fnUntraced(function*([name, tokens]) {
      const both = Effect.suspend(() => Effect.all([badly(port, tokens()), well(port)], { concurrency: 2 }))
      const [[bad, good], all] = yield* transactionsIn(both)
      yield* Console.log(`${line(name, bad)}\n${line("valid caller beside them", good)}; ${all} transactions`)
      return faultsOf(bad, good, quiet, all - own).map((fault) => `${name}: ${fault}`)
    })
  )
  const found = faults.flat()
  if (found.length > 0) return yield* new Broken({ message: found.join("; ") })
  yield* Console.log(
    "All answered 401, no query was sent, and the valid caller's p95 stayed within twice its quiet value"
  )
}).pipe(Effect.scoped)

NodeRuntime.runMain(load)
