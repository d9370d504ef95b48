/** Which transactions a statement saw, as `pg_current_snapshot()` tells: those below `end` that were not under way. */
export interface PgSnapshot {
  readonly text: string
  readonly end: bigint
  readonly inProgress: ReadonlySet<string>
}

export const parsePgSnapshot = (text: string): PgSnapshot => {
  const [, end = "0", inProgress = ""] = text.split(":")
  return { text, end: BigInt(end), inProgress: new Set(inProgress === "" ? [] : inProgress.split(",")) }
}

export const isVisible = ({ end, inProgress }: PgSnapshot, transaction: string): boolean =>
  BigInt(transaction) < end && !inProgress.has(transaction)

/** Whether `a` saw everything that `b` saw, and more; both of one server. */
export const isNewer = (a: PgSnapshot, b: PgSnapshot): boolean =>
  a.end === b.end ? a.inProgress.size < b.inProgress.size : a.end > b.end
