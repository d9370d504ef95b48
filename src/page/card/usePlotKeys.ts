import { type KeyboardEvent, useMemo, useState } from "react"
import { numberFormat } from "../../presentation/numberFormat.ts"
import type { MetricSeries } from "../api/wire.ts"
import { type Point, pointRows, wholePoint } from "../records/Point.ts"
import { localization, t } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"

interface PlotKeys {
  readonly series: MetricSeries
  /** Without `onPoint`, the plot has the role `img`. */
  readonly onPoint: ((point: Point) => void) | undefined
  /** Called instead of `onPoint` with Shift. */
  readonly onLegend: ((point: Point) => void) | undefined
  readonly onMove: (column: number, name: string) => void
  readonly onLeave: () => void
}

/** Newer points may have another order, so the announced point is kept too. */
interface Place {
  readonly row: number
  readonly column: number
  readonly point: Point
}

const steps: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
}

const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, value))

export const usePlotKeys = ({ onLeave, onLegend, onMove, onPoint, series }: PlotKeys) => {
  const { whisper } = useSaying()
  const rows = useMemo(() => onPoint === undefined ? [] : pointRows(series), [onPoint, series])
  const [place, setPlace] = useState<Place | undefined>(undefined)
  if (onPoint === undefined) return { role: "img" }
  const columns = rows[0]?.length ?? 0

  const move = (across: number, down: number) => {
    const row = place === undefined ? 0 : within(place.row + down, rows.length)
    const column = place === undefined ? (across < 0 ? columns - 1 : 0) : within(place.column + across, columns)
    const point = rows[row]?.[column]
    if (point === undefined) return
    setPlace({ row, column, point })
    onMove(column, point.label)
    const { change, label, value } = point
    const number = value === undefined ? undefined : numberFormat(series.meta, localization()).full(value)
    const told = [number, change].filter((part) => part !== undefined).join(", ")
    whisper(told === "" ? label : `${label}: ${told}`)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = steps[event.key]
    const act = event.shiftKey ? onLegend ?? onPoint : onPoint
    if (event.key === "Enter" || event.key === " ") act(place?.point ?? wholePoint(series))
    else if (step === undefined || columns < 2) return
    else if (rows.length === 1) move(step[0] + step[1], 0)
    else move(...step)
    event.preventDefault()
  }
  return {
    role: "application",
    tabIndex: 0,
    "aria-description": columns < 2 ? t.showsRecords() : t.arrowsChoose(),
    onKeyDown,
    onBlur: () => {
      setPlace(undefined)
      onLeave()
    }
  }
}
