/** An organization is active for this long after it was noted. */
const activeNanos = 10_000_000_000n

/** Remembers the last two active organizations, which is enough to know whether another one is active. */
export const makeActivity = () => {
  let latest: readonly [organizationId: string, at: bigint] | undefined
  let previous: readonly [organizationId: string, at: bigint] | undefined
  return {
    note: (organizationId: string, now: bigint): void => {
      if (latest?.[0] !== organizationId) previous = latest
      latest = [organizationId, now]
    },
    isOtherActive: (organizationId: string, now: bigint): boolean => {
      const other = latest?.[0] === organizationId ? previous : latest
      return other !== undefined && now - other[1] < activeNanos
    }
  }
}
