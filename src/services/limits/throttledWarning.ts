import { Clock, Effect } from "effect"

const pauseMillis = 1_000

/** One line a second at most, with how many were held back before it: a log under overload stays readable. */
export const warningOf = (message: string) => {
  let lastAt = -Infinity
  let heldBack = 0
  return (about: Readonly<Record<string, unknown>>) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      // Clocks are also set back.
      if (Math.abs(now - lastAt) < pauseMillis) {
        heldBack += 1
        return Effect.void
      }
      const line = Effect.annotateLogs(Effect.logWarning(message), { ...about, heldBack })
      lastAt = now
      heldBack = 0
      return line
    })
}
