import type { MetricSeries } from "../../src/domain/Series.ts"

/** `cases` counts the compared answers, and `telling` counts those with a number other than 0. */
export interface Tried {
  readonly cases: number
  readonly telling: number
}

const numbersOf = (series: MetricSeries): ReadonlyArray<unknown> =>
  series.shape === "stat" ? [series.stat?.value] : series.points.flatMap((point) => Object.values(point))

export const isTelling = (series: MetricSeries): boolean =>
  numbersOf(series).some((value) => typeof value === "number" && value !== 0)

export const triedOf = (answers: ReadonlyArray<MetricSeries>): Tried => ({
  cases: answers.length,
  telling: answers.filter(isTelling).length
})

export const sum = (tried: ReadonlyArray<Tried>): Tried => ({
  cases: tried.reduce((all, { cases }) => all + cases, 0),
  telling: tried.reduce((all, { telling }) => all + telling, 0)
})
