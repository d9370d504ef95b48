import type { EChartsOption } from "echarts"
import { type EChartsType, type ElementEvent, helper } from "echarts/core"
import { restKey } from "../../presentation/restOf.ts"
import type { Mark } from "../records/Point.ts"

type Axis = "xAxis" | "yAxis"

interface Press {
  readonly button: number
  readonly clientX: number
  readonly clientY: number
  readonly shiftKey: boolean
}

interface Spot extends Pick<ElementEvent, "offsetX" | "offsetY"> {
  readonly target?: ElementEvent["target"] | undefined
}

/** A click belongs to a line that is nearer than this, in pixels. */
const reach = 8

/** A pointer that moves by more pixels between the press and the release drags. */
const drag = 4

const categoryAxis = ({ xAxis, yAxis }: EChartsOption): Axis | undefined => {
  if (xAxis !== undefined && !Array.isArray(xAxis) && xAxis.type === "category") return "xAxis"
  return yAxis !== undefined && !Array.isArray(yAxis) && yAxis.type === "category" ? "yAxis" : undefined
}

/** A horizontal bar chart may leave out the last categories, and so have fewer rows. */
const rowCount = ({ yAxis }: EChartsOption): number | undefined =>
  yAxis !== undefined && !Array.isArray(yAxis) && yAxis.type === "category" ? yAxis.data?.length : undefined

const finder = (axis: Axis) => axis === "xAxis" ? { xAxisIndex: 0 } : { yAxisIndex: 0 }

const pixel = (chart: EChartsType, axis: Axis, value: number): number =>
  Number(chart.convertToPixel(finder(axis), value))

const spokeAt = (chart: EChartsType, count: number, { offsetX, offsetY }: Spot): number => {
  const [right, up] = [offsetX - chart.getWidth() / 2, chart.getHeight() / 2 - offsetY]
  const turn = (Math.atan2(up, right) - Math.PI / 2) / (2 * Math.PI)
  return Math.round((turn + 2) * count) % count
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined

const textOf = (value: unknown, name: string): string | undefined => {
  const field = fieldOf(value, name)
  return typeof field === "string" ? field : undefined
}

const seriesOf = ({ series }: EChartsOption) => (Array.isArray(series) ? series : [])

/** Returns the bar, slice, symbol or legend row under the pointer. */
const hitOf = (option: EChartsOption, target: ElementEvent["target"] | undefined): Mark | undefined => {
  for (let element: typeof target | null = target; element; element = element.parent) {
    const { dataIndex, eventData, seriesIndex } = helper.getECData(element)
    const itemId = textOf(fieldOf(eventData, "info"), "id")
    if (itemId !== undefined) return { itemId, narrows: true }
    if (dataIndex === undefined || seriesIndex === undefined) continue
    const series = seriesOf(option)[seriesIndex]
    const items = fieldOf(series, "data")
    const item: unknown = Array.isArray(items) ? items[dataIndex] : undefined
    return { seriesId: textOf(series, "id"), index: dataIndex, itemId: textOf(item, "id") }
  }
  return undefined
}

/** Returns the line near this place, or the band of a stacked area. A line is straight between two columns. */
const lineAt = (chart: EChartsType, option: EChartsOption, index: number, { offsetX, offsetY }: Spot) => {
  const middle = pixel(chart, "xAxis", index)
  const next = offsetX < middle ? index - 1 : index + 1
  const share = (offsetX - middle) / (pixel(chart, "xAxis", next) - middle)
  const height = (value: number) => Math.abs(pixel(chart, "yAxis", value) - offsetY)
  const at = Number(chart.convertFromPixel(finder("yAxis"), offsetY))
  const sums = { above: 0, below: 0 }
  const near: { seriesId: string | undefined; distance: number } = { seriesId: undefined, distance: reach }
  for (const series of seriesOf(option)) {
    const id = textOf(series, "id")
    const items = fieldOf(series, "data")
    if (series.type !== "line" || id === undefined || !Array.isArray(items)) continue
    const value = fieldOf(items[index], "value")
    if (typeof value !== "number") continue
    const other = fieldOf(items[next], "value")
    const here = typeof other === "number" ? value + (other - value) * share : value
    if (series.stack === undefined) {
      const distance = height(here)
      if (distance < near.distance) Object.assign(near, { seriesId: id, distance })
      continue
    }
    const side = here < 0 ? "below" : "above"
    const from = sums[side]
    sums[side] += here
    if (at >= Math.min(from, sums[side]) && at < Math.max(from, sums[side])) return id
  }
  return near.seriesId
}

/** A line begins and ends in the middle of a column, whose other half is beside the grid. */
const inColumn = (chart: EChartsType, count: number, offsetX: number): number => {
  const [first, last] = [pixel(chart, "xAxis", 0), pixel(chart, "xAxis", count - 1)]
  const half = (last - first) / (count - 1) / 2
  if (offsetX < first && first - offsetX <= half) return first
  return offsetX > last && offsetX - last <= half ? last : offsetX
}

/** Returns the point of a click at this place. In a chart over time, it is a whole column, and beside bars it is a name. */
export const markAt = (chart: EChartsType, option: EChartsOption, count: number, spot: Spot): Mark | undefined => {
  const { offsetX, offsetY, target } = spot
  if (option.radar !== undefined) return { index: spokeAt(chart, count, spot) }
  if (option.series === undefined) return {}
  const hit = hitOf(option, target)
  if (hit !== undefined) return hit
  const axis = categoryAxis(option)
  if (axis === undefined) return undefined
  const x = axis === "xAxis" ? inColumn(chart, count, offsetX) : offsetX
  if (axis === "xAxis" && !chart.containPixel("grid", [x, offsetY])) return undefined
  const index = chart.convertFromPixel(finder(axis), axis === "xAxis" ? x : offsetY)
  if (typeof index !== "number" || index < 0) return undefined
  if (axis === "xAxis") return index < count ? { index, seriesId: lineAt(chart, option, index, spot) } : undefined
  const shown = rowCount(option) ?? count
  const isName = offsetX < chart.getWidth() / 2 && !chart.containPixel("grid", [offsetX, offsetY])
  if (index < shown) return isName ? { index, narrows: true } : { index }
  return shown < count ? { itemId: restKey } : undefined
}

/** Without `report`, the chart opens no records, and a click on its legend does nothing. */
export const onMarkClick = (
  chart: EChartsType,
  option: EChartsOption,
  count: number,
  report?: (mark: Mark) => void
): () => void => {
  const canvas = chart.getZr()
  const frame = chart.getDom()
  // A chart that is drawn again between the press and the release gets no click event, so both are listened to.
  const pressed: { at?: Press } = {}
  const onPress = (event: Press) => {
    pressed.at = event
  }
  const onRelease = ({ button, clientX, clientY, shiftKey }: Press) => {
    const { at } = pressed
    delete pressed.at
    if (at === undefined || button !== 0 || Math.hypot(clientX - at.clientX, clientY - at.clientY) > drag) return
    const { left, top } = frame.getBoundingClientRect()
    const [offsetX, offsetY] = [clientX - left, clientY - top]
    const { target } = canvas.handler.findHover(offsetX, offsetY)
    const mark = markAt(chart, option, count, { offsetX, offsetY, target })
    if (mark !== undefined) report?.(shiftKey ? { ...mark, narrows: true } : mark)
  }
  // ECharts has already chosen the cursor of marks and legends.
  const onMove = (event: ElementEvent) => {
    if (markAt(chart, option, count, event) !== undefined) canvas.setCursorStyle("pointer")
  }
  // ECharts hides a series when its name in the legend is clicked. Here, all series stay visible.
  const onLegend = (event: unknown) => {
    chart.dispatchAction({ type: "legendAllSelect" })
    const seriesId = textOf(seriesOf(option).find((one) => one.name === textOf(event, "name")), "id")
    // The lines of a target have no records.
    if (seriesId !== undefined) report?.({ seriesId, narrows: true })
  }
  chart.on("legendselectchanged", onLegend)
  if (report !== undefined) {
    frame.addEventListener("mousedown", onPress)
    frame.addEventListener("mouseup", onRelease)
    canvas.on("mousemove", onMove)
  }
  // ECharts has its own listeners, so only these are removed.
  return () => {
    chart.off("legendselectchanged", onLegend)
    frame.removeEventListener("mousedown", onPress)
    frame.removeEventListener("mouseup", onRelease)
    canvas.off("mousemove", onMove)
  }
}

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
