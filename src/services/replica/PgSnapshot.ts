/** Which transactions a statement saw, as `pg_current_snapshot()` tells: those below `end` that were not under way. */
export interface Moment {
  readonly text: string
  readonly end: bigint
  readonly underWay: ReadonlySet<string>
}

export const momentOf = (text: string): Moment => {
  const [, end = "0", underWay = ""] = text.split(":")
  return { text, end: BigInt(end), underWay: new Set(underWay === "" ? [] : underWay.split(",")) }
}

export const saw = ({ end, underWay }: Moment, transaction: string): boolean =>
  BigInt(transaction) < end && !underWay.has(transaction)

/** Whether `a` saw everything that `b` saw, and more; both of one server. */
export const isLater = (a: Moment, b: Moment): boolean =>
  a.end === b.end ? a.underWay.size < b.underWay.size : a.end > b.end
