import type { EChartsOption } from "echarts"
import { type EChartsType, init } from "echarts/core"
import { memo, useEffect, useLayoutEffect, useRef } from "react"
import type { Details } from "../../presentation/Details.ts"
import { drawing } from "../../presentation/drawing.ts"
import { colorsOf } from "../../presentation/Look.ts"
import { registerParts } from "../../presentation/parts.ts"
import type { ChartKind, MetricSeries } from "../api/wire.ts"
import { type Mark, type Point, pointOf } from "../records/Point.ts"
import { t } from "../shell/messages.ts"
import { useTheme } from "../shell/theme.ts"
import { onMarkClick, showTip } from "./marks.ts"
import { tooltipOf } from "./tooltip.ts"
import { useDrawn } from "./useInLanguage.ts"
import { usePlotKeys } from "./usePlotKeys.ts"
import type { ChosenName } from "./usePoints.ts"

registerParts()

interface PlotProps {
  readonly series: MetricSeries
  readonly chart: ChartKind
  readonly details: Details
  readonly label: string
  readonly onPoint?: ((point: Point) => void) | undefined
  /** Called instead of `onPoint` for a name, such as an entry of the legend, and with Shift. */
  readonly onLegend?: ((point: Point) => void) | undefined
  /** Is shown as a button below the drawing. */
  readonly chosen?: ChosenName | undefined
  /** `onRest` is called for a mark that stands for several points. */
  readonly onRest?: () => void
}

interface Made {
  readonly chart: EChartsType
  readonly option: EChartsOption
  readonly stop: () => void
}

export const Plot = memo(({ chart, chosen, details, label, onLegend, onPoint, onRest, series }: PlotProps) => {
  const place = useRef<HTMLDivElement>(null)
  const made = useRef<Made | undefined>(undefined)
  const isByKey = useRef(false)
  const theme = useTheme()
  const drawn = useDrawn(series)
  const isPickable = onPoint !== undefined
  const chosenKey = chosen?.key
  /** A drawing does not depend on what a click does, so other listeners draw nothing. */
  const called = useRef({ onLegend, onPoint, onRest, series })
  useLayoutEffect(() => {
    called.current = { onLegend, onPoint, onRest, series }
  })
  useEffect(() => () => {
    made.current?.chart.dispose()
    made.current = undefined
  }, [])
  useLayoutEffect(() => {
    const element = place.current
    if (element === null) return
    const report = (mark: Mark) => {
      const { onLegend, onPoint, onRest, series } = called.current
      const point = pointOf(series, mark)
      if (point === "rest") onRest?.()
      else if (point !== undefined) (mark.narrows === true ? onLegend : onPoint)?.(point)
    }
    let size = ""
    const draw = () => {
      const { clientHeight: height, clientWidth: width } = element
      // The observer first reports the size that is already drawn.
      if (width < 20 || height < 20 || size === `${width} ${height}`) return
      size = `${width} ${height}`
      const chartOf = made.current?.chart ?? init(element, null, { renderer: "svg", width, height })
      chartOf.resize({ width, height })
      const option = drawing(drawn, chart, theme, { width, height }, { ...details, chosen: chosenKey })
      const hint = () => isByKey.current ? t.enterForRecords() : t.clickForRecords()
      const tooltip = tooltipOf(option, drawn, isPickable ? hint : undefined)
      chartOf.setOption({ ...option, ...tooltip, animation: false }, { notMerge: true })
      made.current?.stop()
      const stop = onMarkClick(chartOf, option, drawn.points.length, isPickable ? report : undefined)
      made.current = { chart: chartOf, option, stop }
      // The `viewBox` scales the printed drawing to the width of the paper.
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
  }, [drawn, chart, chosenKey, theme, details, isPickable])
  /** The tooltip of a point that stays the same is not written again, so it is closed before. */
  const reachedByKey = (now: boolean) => {
    if (isByKey.current === now) return
    isByKey.current = now
    made.current?.chart.dispatchAction({ type: "hideTip" })
  }
  const keys = usePlotKeys({
    series,
    onPoint,
    onLegend,
    onMove: (index, name) => {
      reachedByKey(true)
      if (made.current !== undefined) showTip(made.current.chart, made.current.option, index, name)
    },
    onLeave: () => made.current?.chart.dispatchAction({ type: "hideTip" })
  })
  const seriesKeys = series.series.map(({ key }) => key)
  return (
    <>
      <div
        {...keys}
        onMouseMoveCapture={() => reachedByKey(false)}
        className={onPoint === undefined ? "plot" : "plot pickable"}
        ref={place}
        aria-label={label}
      />
      {chosen !== undefined && (
        <button
          type="button"
          className="chip-button active chosen-name"
          aria-pressed
          onClick={() => {
            // The button disappears, and the focus stays in the card.
            place.current?.focus({ preventScroll: true })
            chosen.onWiden()
          }}
        >
          <span
            className="tip-dot"
            style={{ background: colorsOf(seriesKeys, { details, theme })[seriesKeys.indexOf(chosen.key)] }}
          />
          <span dir="auto">{chosen.label}</span>
        </button>
      )}
    </>
  )
})
Plot.displayName = "Plot"
