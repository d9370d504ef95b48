import type { EChartsOption } from "echarts"
import type { ECElementEvent, EChartsType, ElementEvent } from "echarts/core"
import { restKey } from "../../presentation/restOf.ts"
import type { Mark } from "../records/Point.ts"

type Axis = "xAxis" | "yAxis"

const categoryAxis = ({ xAxis, yAxis }: EChartsOption): Axis | undefined => {
  if (xAxis !== undefined && !Array.isArray(xAxis) && xAxis.type === "category") return "xAxis"
  return yAxis !== undefined && !Array.isArray(yAxis) && yAxis.type === "category" ? "yAxis" : undefined
}

/** A horizontal bar chart may leave out the last categories, and so have fewer rows. */
const rowCount = ({ yAxis }: EChartsOption): number | undefined =>
  yAxis !== undefined && !Array.isArray(yAxis) && yAxis.type === "category" ? yAxis.data?.length : undefined

const finder = (axis: Axis) => axis === "xAxis" ? { xAxisIndex: 0 } : { yAxisIndex: 0 }

const itemIdOf = (data: unknown): string | undefined => {
  if (typeof data !== "object" || data === null || !("id" in data)) return undefined
  return typeof data.id === "string" ? data.id : undefined
}

const spokeAt = (chart: EChartsType, count: number, x: number, y: number): number => {
  const [right, up] = [x - chart.getWidth() / 2, chart.getHeight() / 2 - y]
  const turn = (Math.atan2(up, right) - Math.PI / 2) / (2 * Math.PI)
  return Math.round((turn + 2) * count) % count
}

export const onMarkClick = (
  chart: EChartsType,
  option: EChartsOption,
  count: number,
  report: (mark: Mark) => void
): () => void => {
  const axis = categoryAxis(option)
  const isRadar = option.radar !== undefined
  const onMark = ({ componentType, data, dataIndex, seriesId }: ECElementEvent) => {
    if (componentType === "series" && !isRadar) report({ seriesId, index: dataIndex, itemId: itemIdOf(data) })
  }
  const onPlace = ({ offsetX, offsetY, target }: ElementEvent) => {
    if (isRadar) return report({ index: spokeAt(chart, count, offsetX, offsetY) })
    if (target !== undefined) return
    if (axis === undefined) return option.series === undefined ? report({}) : undefined
    if (axis === "xAxis" && !chart.containPixel("grid", [offsetX, offsetY])) return
    const index = chart.convertFromPixel(finder(axis), axis === "xAxis" ? offsetX : offsetY)
    if (typeof index !== "number" || index < 0) return
    const shown = rowCount(option) ?? count
    if (index < shown) report({ index })
    else if (shown < count) report({ itemId: restKey })
  }
  chart.on("click", onMark)
  chart.getZr().on("click", onPlace)
  // ECharts has its own `click` listener on the chart, so only these two listeners are removed.
  return () => {
    chart.off("click", onMark)
    chart.getZr().off("click", onPlace)
  }
}

const pixel = (chart: EChartsType, axis: Axis, value: number): number =>
  Number(chart.convertToPixel(finder(axis), value))

export const showTip = (chart: EChartsType, option: EChartsOption, index: number, name: string) => {
  const axis = categoryAxis(option)
  if (axis === "xAxis") {
    return chart.dispatchAction({ type: "showTip", x: pixel(chart, axis, index), y: chart.getHeight() / 3 })
  }
  if (axis === "yAxis") {
    return chart.dispatchAction({ type: "showTip", x: pixel(chart, "xAxis", 0) + 2, y: pixel(chart, axis, index) })
  }
  if (option.radar === undefined) chart.dispatchAction({ type: "showTip", seriesIndex: 0, name })
}
