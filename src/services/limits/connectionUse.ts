import { boundedCache } from "../../domain/boundedCache.ts"

const maxOrganizations = 10_000

/** Connection time in nanoseconds that an organization may use beyond its share. */
const allowed = 1_000_000_000

/** The latest statement has this weight in the average time of a statement. */
const weight = 1 / 8

interface Use {
  /** Connection time beyond the share. While the share is not used, this becomes less. */
  surplus: number
  at: bigint
  average: number
}

/** Measures how long organizations use connections. `running` is the number of connections since the previous call. */
export const makeConnectionUse = () => {
  const uses = boundedCache<string, Use>(maxOrganizations)

  const advance = (organizationId: string, running: number, share: number, now: bigint): Use => {
    const use = uses.get(organizationId) ?? uses.set(organizationId, { surplus: 0, at: now, average: 0 })
    const surplus = use.surplus + (running - share) * Number(now - use.at)
    use.surplus = Math.min(Math.max(surplus, 0), 2 * allowed)
    use.at = now
    return use
  }

  const noteEnd = (organizationId: string, nanos: number): void => {
    const use = uses.get(organizationId)
    if (use !== undefined) use.average += (Math.min(nanos, allowed) - use.average) * weight
  }

  /** Statements that run are expected to take as long as earlier ones. */
  const isTooHigh = (organizationId: string, running: number, share: number, now: bigint): boolean => {
    const { average, surplus } = advance(organizationId, running, share, now)
    return surplus + running * average > allowed
  }
  return { noteEnd, isTooHigh }
}
