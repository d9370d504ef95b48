import { Duration } from "effect"

/** `1s 234ms`: nobody waits for nanoseconds. */
export const inMillis = (took: Duration.Duration): string =>
  Duration.format(Duration.millis(Math.round(Duration.toMillis(took))))
