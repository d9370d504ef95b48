import { Duration } from "effect"

export const changeRetention = Duration.hours(1)

/** Must be below `changeRetention`. An older replica could miss changes. */
export const maxRefreshGap = Duration.minutes(30)

export const idleTimeout = Duration.minutes(20)
