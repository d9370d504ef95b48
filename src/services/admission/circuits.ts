const maxLate = 3

/** A circuit without running statements is forgotten this long after its last late statement. */
const memoryNanos = 60_000_000_000n

export interface Running {
  readonly since: bigint
  readonly isProbe: boolean
  isLate: boolean
}

type Outcome = "ended" | "interrupted"

interface Circuit {
  late: number
  lateAt: bigint
  readonly running: Set<Running>
}

/** A statement is late once it has run for `lateNanos`, even if it never ends. */
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
  const isOpen = ({ late }: Circuit) => late >= maxLate
  const hasProbe = ({ running }: Circuit) => [...running].some(({ isProbe }) => isProbe)

  const refuses = (organizationId: string, now: bigint): boolean => {
    const circuit = circuits.get(organizationId)
    if (circuit === undefined) return false
    noteLate(circuit, now)
    return isOpen(circuit) && hasProbe(circuit)
  }

  /** Returns undefined if the circuit is open and another statement (the probe) is running. */
  const start = (organizationId: string, now: bigint): Running | undefined => {
    forgetOld(now)
    if (refuses(organizationId, now)) return undefined
    const circuit = circuits.get(organizationId) ?? { late: 0, lateAt: now, running: new Set() }
    circuits.set(organizationId, circuit)
    const statement = { since: now, isProbe: isOpen(circuit), isLate: false }
    circuit.running.add(statement)
    return statement
  }

  /** An interrupted statement that was not late does not change the circuit, because its client may have left. */
  const end = (organizationId: string, statement: Running, now: bigint, outcome: Outcome): void => {
    const circuit = circuits.get(organizationId)
    if (circuit === undefined) return
    noteLate(circuit, now)
    circuit.running.delete(statement)
    if (outcome === "ended") circuit.late = 0
    if (circuit.late === 0 && circuit.running.size === 0) circuits.delete(organizationId)
  }

  const isOpenFor = (organizationId: string): boolean => {
    const circuit = circuits.get(organizationId)
    return circuit !== undefined && isOpen(circuit)
  }
  return {
    refuses,
    start,
    end,
    isOpenFor,
    openCount: (now: bigint) => {
      forgetOld(now)
      return [...circuits.values()].filter(isOpen).length
    },
    size: () => circuits.size
  }
}
