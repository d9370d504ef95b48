import { Duration } from "effect"

/** Changes are there for so long after their transaction, at least. */
export const changeRetention = Duration.hours(1)

/** A replica that nobody looked at for so long, by the database's clock, may soon miss changes: it is not looked at again. */
export const maxRefreshGap = Duration.minutes(30)

/** An organization that has not asked for so long, by our clock, is forgotten. */
export const idleTimeout = Duration.minutes(20)
