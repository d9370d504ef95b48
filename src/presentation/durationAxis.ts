import type { Unit } from "../domain/Series.ts"

const steps = [1, 2, 5, 10, 15, 20, 30]

const niceStep = (least: number): number => {
  const known = steps.find((step) => step >= least)
  if (known !== undefined) return known
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5, 10].find((step) => step * power >= least) ?? 10)
}

/** From 2 hours (or minutes) on, ticks are at whole hours (or minutes). */
export const durationAxis = (unit: Unit, values: ReadonlyArray<number>, most: number) => {
  const highest = Math.max(0, ...values) / 60
  const isDuration = unit === "minutes" || unit === "seconds"
  if (!isDuration || highest < 2 || values.some((value) => value < 0)) return {}
  const step = niceStep(highest / most)
  return { interval: step * 60, max: Math.ceil(highest / step) * step * 60 }
}
