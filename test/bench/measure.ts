import { Clock, Effect } from "effect"
import { ask, type Contender, type Pair } from "./Contender.ts"
import { secondsOf, secondsOfTree } from "./cpu.ts"
import { percentile } from "./figures.ts"
import type { Gate } from "./gates.ts"

/** A case sends `concurrency` requests at a time. Each request asks for these widgets and people of this gate. */
export interface Case {
  readonly name: string
  readonly gate: Gate
  readonly concurrency: number
  readonly widgets: ReadonlyArray<string>
}

/** A block contains the times of several requests to one contender. */
export interface Block {
  readonly millis: ReadonlyArray<number>
  readonly seconds: number
  readonly serverSeconds: number | null
  readonly databaseSeconds: number | null
}

export interface Round {
  readonly contender: Block
  readonly rival: Block
}

export interface Measured extends Case {
  readonly rounds: ReadonlyArray<Round>
}

export interface Effort {
  readonly rounds: number
  /** In each round, the requests to one contender take about this time. */
  readonly blockMillis: number
  readonly databasePid: number | undefined
}

const millisNow = Effect.map(Clock.currentTimeNanos, (nanos) => Number(nanos) / 1e6)

const spent = (before: number | null, after: number | null) => before === null || after === null ? null : after - before

const blockOf = Effect.fnUntraced(function*(
  { concurrency, gate, widgets }: Case,
  contender: Contender,
  turns: ReadonlyArray<number>,
  databasePid: number | undefined
) {
  const bodies = turns.map((turn) => contender.bodyOf(gate.peopleAt(turn), widgets))
  const cpu = { server: secondsOf(contender.pid), database: secondsOfTree(databasePid) }
  const started = yield* millisNow
  const millis = yield* Effect.forEach(
    bodies,
    Effect.fnUntraced(function*(body) {
      const sent = yield* millisNow
      yield* ask(contender, body)
      return (yield* millisNow) - sent
    }),
    { concurrency }
  )
  return {
    millis,
    seconds: ((yield* millisNow) - started) / 1000,
    serverSeconds: spent(cpu.server, secondsOf(contender.pid)),
    databaseSeconds: spent(cpu.database, secondsOfTree(databasePid))
  }
})

const turnsFrom = (start: number, count: number) => Array.from({ length: count }, (_, index) => start + index)

const fewest = 6
const most = 400

/** Warms both contenders up, and returns the number of requests in a block. */
const requestsIn = Effect.fnUntraced(function*(of: Case, { contender, rival }: Pair, blockMillis: number) {
  const blocks = yield* Effect.forEach([contender, rival], (one) => blockOf(of, one, turnsFrom(0, 5), undefined))
  const millis = Math.max(...blocks.map((block) => percentile(block.millis, 0.5)))
  const count = Math.round(blockMillis * of.concurrency / millis)
  return Math.min(most * of.concurrency, Math.max(fewest, of.concurrency, count))
})

/** Measures every case in each round. The contenders take turns at being first. Each round starts at other people. */
export const measure = Effect.fnUntraced(function*(cases: ReadonlyArray<Case>, pair: Pair, effort: Effort) {
  const { contender, rival } = pair
  const counts = yield* Effect.forEach(cases, (of) => requestsIn(of, pair, effort.blockMillis))
  const roundOf = Effect.fnUntraced(function*(of: Case, index: number, round: number) {
    const turns = turnsFrom(round * 7, counts[index] ?? fewest)
    const block = (one: Contender) => blockOf(of, one, turns, effort.databasePid)
    if ((round + index) % 2 === 0) return { contender: yield* block(contender), rival: yield* block(rival) }
    const first = yield* block(rival)
    return { contender: yield* block(contender), rival: first }
  })
  const rounds = yield* Effect.forEach(
    turnsFrom(0, effort.rounds),
    (round) => Effect.forEach(cases, (of, index) => roundOf(of, index, round))
  )
  return cases.map((of, index): Measured => ({
    ...of,
    rounds: rounds.flatMap((round) => round[index] ?? [])
  }))
})
