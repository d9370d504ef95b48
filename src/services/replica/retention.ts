import { Duration } from "effect"

export const changeRetention = Duration.hours(1)

/** Below `changeRetention`; an older replica may miss changes. */
export const maxRefreshGap = Duration.minutes(30)

export const idleTimeout = Duration.minutes(20)
