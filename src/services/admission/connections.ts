import { type Cause, type Clock, Duration, Effect, Exit, Predicate } from "effect"
import { Config } from "../../Config.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { Unavailable } from "../../domain/Unavailable.ts"
import { watched } from "../../telemetry/measure.ts"
import { circuitsOpen, connectionsInUse, connectionsLimit, connectionsWaiting } from "../../telemetry/metrics.ts"
import { throttledWarning } from "../../telemetry/throttledWarning.ts"
import { type FairQueue, ownPlace } from "./FairQueue.ts"
import { refusalsOf } from "./limits.ts"

/** A statement is late when it has taken this share of its deadline, even if it never ends. */
const lateShare = 9 / 10
const minDeadline = Duration.seconds(5)

/** After this number of late statements in a row, a circuit is open. */
const maxLate = 3

/** A circuit without running statements is forgotten this long after its last late statement. */
const memoryNanos = 60_000_000_000n

interface Statement {
  readonly since: bigint
  readonly isProbe: boolean
  isLate: boolean
}

interface Circuit {
  late: number
  lateAt: bigint
  /** The log was told that the circuit is open. */
  isReported: boolean
  readonly running: Set<Statement>
}

const isOpen = ({ late }: Circuit) => late >= maxLate

export const makeCircuits = (lateNanos: bigint) => {
  const circuits = new Map<string, Circuit>()

  const noteLate = (circuit: Circuit, now: bigint) => {
    for (const statement of circuit.running) {
      if (now - statement.since < lateNanos) return
      if (statement.isLate) continue
      circuit.late += 1
      circuit.lateAt = now
      statement.isLate = true
    }
  }
  const forgetOld = (now: bigint) => {
    for (const [organizationId, { lateAt, running }] of circuits) {
      if (running.size === 0 && now - lateAt > memoryNanos) circuits.delete(organizationId)
    }
  }
  const refuses = (organizationId: string, now: bigint): boolean => {
    const circuit = circuits.get(organizationId)
    if (circuit === undefined) return false
    noteLate(circuit, now)
    return isOpen(circuit) && [...circuit.running].some(({ isProbe }) => isProbe)
  }
  /** Returns undefined if the circuit is open and another statement (the probe) is running. */
  const start = (organizationId: string, now: bigint): Statement | undefined => {
    forgetOld(now)
    if (refuses(organizationId, now)) return undefined
    const circuit = circuits.get(organizationId) ?? { late: 0, lateAt: now, isReported: false, running: new Set() }
    circuits.set(organizationId, circuit)
    const statement = { since: now, isProbe: isOpen(circuit), isLate: false }
    circuit.running.add(statement)
    return statement
  }
  /** An interrupted statement that was not late does not change the circuit, because its client may have left. */
  const end = (organizationId: string, statement: Statement, now: bigint, outcome: "ended" | "interrupted") => {
    const circuit = circuits.get(organizationId)
    if (circuit === undefined) return undefined
    noteLate(circuit, now)
    circuit.running.delete(statement)
    if (outcome === "ended") circuit.late = 0
    if (circuit.late === 0 && circuit.running.size === 0) circuits.delete(organizationId)
    if (isOpen(circuit) === circuit.isReported) return undefined
    circuit.isReported = isOpen(circuit)
    return circuit.isReported ? "opened" : "closed"
  }
  const openCount = (now: bigint) => {
    forgetOld(now)
    return [...circuits.values()].filter(isOpen).length
  }
  return { refuses, start, end, openCount, size: () => circuits.size }
}

const silent = new Set(["TimedOut", "Unavailable"])

/** Returns true if the database may not have answered. */
const isSilent = ({ reasons }: Cause.Cause<unknown>) =>
  reasons.every((reason) => {
    if (reason._tag !== "Fail") return reason._tag === "Interrupt"
    return Predicate.hasProperty(reason.error, "_tag") && silent.has(String(reason.error._tag))
  })

/** The connections of an organization. While its circuit is open, one statement of the organization is sent at a time. */
export const makeConnections = Effect.fnUntraced(function*(queue: FairQueue, clock: Clock.Clock) {
  const deadline = Duration.max(yield* Config.widgetTimeout, minDeadline)
  const circuits = makeCircuits(Duration.toNanosUnsafe(Duration.times(deadline, lateShare)))
  const { refuse } = yield* refusalsOf("circuit")
  const logOpened = throttledWarning("statements of an organization do not end, so it has one connection")
  const now = () => clock.monotonicTimeNanosUnsafe()
  yield* watched(connectionsLimit, () => queue.inUse() + queue.free())
  yield* watched(connectionsInUse, queue.inUse)
  yield* watched(connectionsWaiting, queue.waiting)
  yield* watched(circuitsOpen, () => circuits.openCount(now()))

  const noteEnd = (organizationId: OrgId, statement: Statement, exit: Exit.Exit<unknown, unknown>) =>
    Effect.suspend(() => {
      const isEnded = Exit.isSuccess(exit) || !isSilent(exit.cause)
      const change = circuits.end(organizationId, statement, now(), isEnded ? "ended" : "interrupted")
      if (change === "opened") return logOpened({ organizationId })
      return change === "closed"
        ? Effect.annotateLogs(Effect.logInfo("statements of an organization end again"), { organizationId })
        : Effect.void
    })

  /** The circuit is checked again, because it may have opened while the statement waited. */
  const watchedStatement = (organizationId: OrgId) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.uninterruptibleMask((restore): Effect.Effect<A, E | Unavailable, R> => {
      const statement = circuits.start(organizationId, now())
      if (statement === undefined) return refuse
      return Effect.onExit(restore(effect), (exit) => noteEnd(organizationId, statement, exit))
    })

  const unlessRefused = (organizationId: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.suspend((): Effect.Effect<A, E | Unavailable, R> =>
      circuits.refuses(organizationId, now()) ? refuse : effect
    )
  return {
    unlessRefused,
    withConnection: (organizationId: OrgId) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      effect.pipe(
        watchedStatement(organizationId),
        queue.withPlace(ownPlace(organizationId)),
        unlessRefused(organizationId)
      ),
    withLongConnection: (organizationId: OrgId) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      effect.pipe(
        queue.withPlace({ owner: organizationId, key: `long ${organizationId}` }),
        unlessRefused(organizationId)
      )
  }
})
