import type { SeriesOption } from "echarts"
import type { Look } from "./Look.ts"
import { valueAt } from "./tableOf.ts"
import { figuresOf, targetMark, targetName } from "./targetOf.ts"
import type { Timeseries } from "./timeseriesMarks.ts"

const lowest = 150

interface TargetLines {
  /** All buckets of the window, also after now. */
  readonly buckets: ReadonlyArray<string>
  readonly names: ReadonlyArray<string>
  readonly lines: ReadonlyArray<SeriesOption>
  /** Totals are larger than the value of a bucket, so they have an axis on the right. */
  readonly hasOwnAxis: boolean
}

const line = (name: string, color: string, data: ReadonlyArray<number>, isDashed: boolean): SeriesOption => ({
  name,
  type: "line",
  silent: true,
  showSymbol: data.length === 1,
  symbol: "circle",
  symbolSize: 7,
  z: 6,
  lineStyle: { width: isDashed ? 1.5 : 2, color, ...(isDashed && { type: "dashed" }) },
  itemStyle: { color },
  data: [...data]
})

const runningTotals = ({ points, series: [only] }: Timeseries): ReadonlyArray<number> => {
  let total = 0
  return points.map((point) => {
    total += valueAt(point, only?.key ?? "") ?? 0
    return Number(total.toFixed(2))
  })
}

/**
 * The line of the target says what is due at the end of each bucket. Beside it, the total so far can be compared with it.
 * The target of a percentage or an average is compared with each bucket. A low card has no room for the lines.
 */
export const targetLines = (series: Timeseries, look: Look): TargetLines | undefined => {
  const { meta, points } = series
  const due = figuresOf(meta)?.points
  if (due === undefined || due.length < points.length || look.size.height < lowest) return undefined
  const { theme } = look
  const name = targetName(meta, look.localization)
  const target = line(name, theme.ink, due.map(({ value }) => value), true)
  const buckets = due.map(({ bucket }) => bucket)
  if (!meta.additive) return { buckets, names: [name], lines: [target], hasOwnAxis: false }
  const totalName = look.localization.t.totalSoFar()
  const color = targetMark(meta, look.details)?.isOnTrack === false ? theme.bad : theme.good
  const lines = [line(totalName, color, runningTotals(series), false), target].map((one) => ({ ...one, yAxisIndex: 1 }))
  return { buckets, names: [totalName, name], lines, hasOwnAxis: true }
}
