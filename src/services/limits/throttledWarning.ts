import { Clock, Effect } from "effect"

const pauseNanos = 1_000_000_000n

/** Logs at most one line a second. */
export const throttledWarning = (message: string) => {
  let loggedAt: bigint | undefined
  let heldBack = 0
  return (annotations: Readonly<Record<string, unknown>>) =>
    Effect.flatMap(Clock.monotonicTimeNanos, (now) => {
      if (loggedAt !== undefined && now - loggedAt < pauseNanos) {
        heldBack += 1
        return Effect.void
      }
      const line = Effect.annotateLogs(Effect.logWarning(message), { ...annotations, heldBack })
      loggedAt = now
      heldBack = 0
      return line
    })
}
