const pauseMillis = 1_000

/** Lets one through a second and says how many were held back before it: a log under overload stays readable. */
export const oncePerSecond = () => {
  let lastAt = -Infinity
  let heldBack = 0
  return (now: number): number | undefined => {
    // Clocks are also set back.
    if (Math.abs(now - lastAt) < pauseMillis) {
      heldBack += 1
      return undefined
    }
    const before = heldBack
    lastAt = now
    heldBack = 0
    return before
  }
}
