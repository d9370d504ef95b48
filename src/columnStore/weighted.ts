import type { Weighted } from "../metrics/Measure.ts"
import type { Quantity } from "./projection.ts"

export const columnOf = (quantity: Quantity | Weighted): Quantity =>
  quantity._tag === "Weighted" ? quantity.field : quantity

const whole = 10_000

/** Multiplies cents by a weight and rounds half away from zero. The amount is split, because products lose digits. */
export const weightedCents = (cents: number, weight: number): number => {
  const rest = cents % whole
  const rounded = Math.floor((2 * Math.abs(rest) * weight + whole) / (2 * whole))
  return ((cents - rest) / whole) * weight + (rest < 0 ? -rounded : rounded)
}
