import { Clock, Effect } from "effect"

const windowNanos = 1_000_000_000n

export const throttledWarning = (message: string, mostPerSecond = 1) => {
  let since: bigint | undefined
  let logged = 0
  let heldBack = 0
  return (annotations: Readonly<Record<string, unknown>>) =>
    Effect.flatMap(Clock.monotonicTimeNanos, (now) => {
      if (since === undefined || now - since >= windowNanos) {
        since = now
        logged = 0
      }
      if (logged >= mostPerSecond) {
        heldBack += 1
        return Effect.void
      }
      const line = Effect.annotateLogs(Effect.logWarning(message), { ...annotations, heldBack })
      logged += 1
      heldBack = 0
      return line
    })
}
