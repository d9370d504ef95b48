import { Duration } from "effect"

export const changeRetention = Duration.hours(1)

/** This gap must be shorter than `changeRetention`, so that a replica misses no deleted changes. */
export const maxRefreshGap = Duration.minutes(30)

export const idleTimeout = Duration.minutes(20)
