import { Duration } from "effect"

/** How long changes are kept after their transaction ended, at least. */
export const changeRetention = Duration.hours(1)

/** Below `changeRetention`: a replica that was not refreshed for longer may miss changes and is discarded. */
export const maxRefreshGap = Duration.minutes(30)

/** An organization without a run for so long loses its replica. */
export const idleTimeout = Duration.minutes(20)
