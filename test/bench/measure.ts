import { Clock, Effect } from "effect"
import { ask, type Contender, type Pair } from "./Contender.ts"
import { secondsOf, secondsOfTree } from "./cpu.ts"
import type { Gate } from "./gates.ts"

/** A case sends `concurrency` requests at a time. Each request asks for these widgets and people of this gate. */
export interface Case {
  readonly name: string
  readonly gate: Gate
  readonly concurrency: number
  readonly widgets: ReadonlyArray<string>
}

/** A block contains the requests that are sent to one contender for `blockMillis`. */
export interface Block {
  /** The times of the requests that were sent after the first third of the block. */
  readonly millis: ReadonlyArray<number>
  /** `requests`, `seconds` and the CPU times are those of the whole block. */
  readonly requests: number
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
  /** In each round, a contender gets requests for this time. A slow contender gets at least six that count. */
  readonly blockMillis: number
  readonly databasePid: number | undefined
}

const millisNow = Effect.map(Clock.currentTimeNanos, (nanos) => Number(nanos) / 1e6)

const spent = (before: number | null, after: number | null) => before === null || after === null ? null : after - before

const fewest = 6

/** Caches of the processor are cold after the other contender's block, so the first requests of a block do not count. */
const uncountedShare = 1 / 3

const blockOf = Effect.fnUntraced(function*(
  { concurrency, gate, widgets }: Case,
  contender: Contender,
  firstTurn: number,
  { blockMillis, databasePid }: Pick<Effort, "blockMillis" | "databasePid">
) {
  const cpu = { server: secondsOf(contender.pid), database: secondsOfTree(databasePid) }
  const started = yield* millisNow
  const millis: Array<number> = []
  let requests = 0
  const sendInTurn = Effect.gen(function*() {
    while (true) {
      const sent = yield* millisNow
      if (sent - started >= blockMillis && millis.length >= fewest) return
      yield* ask(contender, contender.bodyOf(gate.peopleAt(firstTurn + requests++), widgets))
      if (sent - started >= blockMillis * uncountedShare) millis.push((yield* millisNow) - sent)
    }
  })
  yield* Effect.all(Array.from({ length: concurrency }, () => sendInTurn), { concurrency, discard: true })
  return {
    millis,
    requests,
    seconds: ((yield* millisNow) - started) / 1000,
    serverSeconds: spent(cpu.server, secondsOf(contender.pid)),
    databaseSeconds: spent(cpu.database, secondsOfTree(databasePid))
  }
})

/** Measures every case in each round. The contenders take turns at being first. Each round starts at other people. */
export const measure = Effect.fnUntraced(function*(cases: ReadonlyArray<Case>, pair: Pair, effort: Effort) {
  const { contender, rival } = pair
  const shortest = { ...effort, blockMillis: 0 }
  yield* Effect.forEach(cases, (of) => Effect.forEach([contender, rival], (one) => blockOf(of, one, 0, shortest)))
  const roundOf = Effect.fnUntraced(function*(of: Case, index: number, round: number) {
    const block = (one: Contender) => blockOf(of, one, round * 7, effort)
    if ((round + index) % 2 === 0) return { contender: yield* block(contender), rival: yield* block(rival) }
    const first = yield* block(rival)
    return { contender: yield* block(contender), rival: first }
  })
  const rounds = yield* Effect.forEach(
    Array.from({ length: effort.rounds }, (_, round) => round),
    (round) => Effect.forEach(cases, (of, index) => roundOf(of, index, round))
  )
  return cases.map((of, index): Measured => ({
    ...of,
    rounds: rounds.flatMap((round) => round[index] ?? [])
  }))
})
