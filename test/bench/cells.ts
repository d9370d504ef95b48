import type { MetricSeries } from "../../src/domain/Series.ts"

/** Cells are the nonzero numbers of a series, by bucket, group or category. Plain SQL returns no zeros. */
export type Cells = ReadonlyMap<string, number>

export const cellsOf = (entries: ReadonlyArray<readonly [string, unknown]>): Cells =>
  new Map(
    entries.flatMap(([cell, value]) => typeof value === "number" && value !== 0 ? [[cell, value] as const] : []).sort()
  )

export const seriesCells = (series: MetricSeries): Cells => {
  switch (series.shape) {
    case "timeseries":
      return cellsOf(
        series.points.flatMap((point) =>
          series.series.map(({ key }) => [`${point.bucket} ${key}`, point[key]] as const)
        )
      )
    case "stat":
      return cellsOf([["value", series.stat?.value], ["previous", series.stat?.previous]])
    case "category":
    case "leaderboard":
      return cellsOf(series.points.map(({ category, value }) => [category, value]))
  }
}
