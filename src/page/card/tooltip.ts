import type { EChartsOption } from "echarts"
import { numberFormat } from "../../presentation/numberFormat.ts"
import type { MetricSeries } from "../api/wire.ts"
import { localization } from "../shell/messages.ts"

interface Mark {
  readonly color: string
  readonly name: string
  readonly title: string
  readonly value: number | null
  readonly index: number
}

const textOf = (value: unknown): string => typeof value === "string" ? value : ""

const markOf = (param: unknown): ReadonlyArray<Mark> => {
  if (typeof param !== "object" || param === null) return []
  const { color, dataIndex, name, seriesName, value } = {
    color: "",
    dataIndex: 0,
    name: "",
    seriesName: "",
    value: null,
    ...param
  }
  return [{
    color: textOf(color),
    title: textOf(name),
    name: textOf(seriesName).startsWith("series\0") ? "" : textOf(seriesName),
    value: typeof value === "number" ? value : null,
    index: typeof dataIndex === "number" ? dataIndex : 0
  }]
}

const element = (tag: "div" | "span" | "b", className: string, text = ""): HTMLElement => {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

const rowOf = ({ color, name, value }: Mark, write: (value: number | null) => string): HTMLElement => {
  const row = element("div", "tip-row")
  const dot = element("span", "tip-dot")
  dot.style.setProperty("background", color)
  row.append(dot, element("span", "tip-name", name), element("b", "tip-value", write(value)))
  return row
}

/**
 * Tooltips are DOM elements, because the content security policy forbids styles in markup. `hint` says how the records
 * open, and is undefined if there are none.
 */
export const tooltipOf = (
  option: EChartsOption,
  series: MetricSeries,
  hint: (() => string) | undefined
): EChartsOption => {
  const { tooltip } = option
  if (tooltip === undefined || Array.isArray(tooltip)) return {}
  const { full } = numberFormat(series.meta, localization())
  const formatter = (params: unknown) => {
    const marks = (Array.isArray(params) ? params : [params]).flatMap(markOf).filter(({ value }) => value !== null)
    const box = element("div", "tip")
    box.append(element("div", "tip-title", marks[0]?.title ?? ""), ...marks.map((mark) => rowOf(mark, full)))
    // The buckets after now have a target, but no records.
    const hasPoint = series.shape === "stat" || marks.some(({ index }) => index < series.points.length)
    if (hint !== undefined && hasPoint) box.append(element("div", "tip-hint", hint()))
    return box
  }
  return {
    tooltip: {
      ...tooltip,
      formatter,
      padding: 0,
      borderWidth: 0,
      backgroundColor: "transparent",
      extraCssText: "box-shadow: none",
      transitionDuration: 0
    }
  }
}
