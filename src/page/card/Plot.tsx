import { type EChartsType, init } from "echarts/core"
import { memo, useEffect, useLayoutEffect, useRef } from "react"
import type { Details } from "../../presentation/Details.ts"
import { drawing } from "../../presentation/drawing.ts"
import { registerParts } from "../../presentation/parts.ts"
import type { ChartKind, MetricSeries } from "../api/wire.ts"
import { useTheme } from "../shell/theme.ts"
import { tooltipOf } from "./tooltip.ts"

registerParts()

interface PlotProps {
  readonly series: MetricSeries
  readonly chart: ChartKind
  readonly details: Details
  readonly label: string
}

export const Plot = memo(({ chart, details, label, series }: PlotProps) => {
  const place = useRef<HTMLDivElement>(null)
  const made = useRef<EChartsType | undefined>(undefined)
  const theme = useTheme()
  useEffect(() => {
    const element = place.current
    if (element === null) return
    return () => {
      made.current?.dispose()
      made.current = undefined
    }
  }, [])
  useLayoutEffect(() => {
    const element = place.current
    if (element === null) return
    const draw = () => {
      const { clientHeight: height, clientWidth: width } = element
      if (width < 20 || height < 20) return
      const chartOf = made.current ??= init(element, null, { renderer: "svg", width, height })
      chartOf.resize({ width, height })
      const option = drawing(series, chart, theme, { width, height }, details)
      chartOf.setOption({ ...option, ...tooltipOf(option, series), animation: false }, { notMerge: true })
      // The drawing is scaled to the width of the paper.
      element.querySelector("svg")?.setAttribute("viewBox", `0 0 ${width} ${height}`)
    }
    draw()
    const held: { frame: number | undefined } = { frame: undefined }
    const observer = new ResizeObserver(() => {
      if (held.frame !== undefined) cancelAnimationFrame(held.frame)
      held.frame = requestAnimationFrame(draw)
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      if (held.frame !== undefined) cancelAnimationFrame(held.frame)
    }
  }, [series, chart, theme, details])
  return <div className="plot" ref={place} role="img" aria-label={label} />
})
Plot.displayName = "Plot"
