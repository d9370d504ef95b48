import type { ChangeMark } from "./changeMark.ts"
import type { Look } from "./Look.ts"
import { percentFormat } from "./numberFormat.ts"
import { textWidth } from "./textWidth.ts"
import { fontFamily } from "./themes.ts"

export interface Slice {
  readonly key: string
  readonly label: string
  /** Null means that the value is not known. */
  readonly value: number | null
  /** The change from the window before, if the view compares with it. */
  readonly change: ChangeMark | undefined
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
}

/** A column on the right of the names. */
interface Column {
  readonly texts: ReadonlyArray<string>
  readonly colors: ReadonlyArray<string>
  readonly width: number
}

export const rowHeight = 20
const sharesFrom = 210
/** With changes, a legend has shares only if its chart is wider by this, so that names stay readable. */
const moreWithChanges = 200
const between = 12
const widestLegend = 300

const isCompared = (slices: ReadonlyArray<Slice>) => slices.some(({ change }) => change !== undefined)

/** The value, the share if there is room, and the change if the slices are compared. */
export const columnsOf = (
  slices: ReadonlyArray<Slice>,
  total: number | undefined,
  look: Look
): ReadonlyArray<Column> => {
  const { fontSize, format, localization: { locale }, size, theme } = look
  const percent = percentFormat(locale)
  const hasChanges = isCompared(slices)
  const hasShares = total !== undefined && size.width >= sharesFrom + (hasChanges ? moreWithChanges : 0)
  const column = (textOf: (slice: Slice) => string, colorOf: (slice: Slice) => string): Column => {
    const texts = slices.map(textOf)
    return { texts, colors: slices.map(colorOf), width: Math.max(...texts.map((words) => textWidth(words, fontSize))) }
  }
  return [
    column(({ value }) => format.card(value), () => theme.ink),
    ...(hasShares ? [column(({ value }) => percent.format((value ?? 0) / total), () => theme.muted)] : []),
    ...(hasChanges ? [column(({ change }) => change?.text ?? "", ({ change }) => change?.color ?? theme.muted)] : [])
  ]
}

const widthOf = (columns: ReadonlyArray<Column>) => columns.reduce((sum, { width }) => sum + width + between, 0)

export const legendWidth = (
  slices: ReadonlyArray<Slice>,
  columns: ReadonlyArray<Column>,
  { fontSize }: Look
): number => {
  const longest = Math.max(...slices.map(({ label }) => textWidth(label, fontSize)))
  const changes = isCompared(slices) ? columns.slice(-1) : []
  return Math.min(widestLegend + widthOf(changes), longest + widthOf(columns) + 16)
}

export const legendRows = (
  slices: ReadonlyArray<Slice>,
  colors: ReadonlyArray<string>,
  columns: ReadonlyArray<Column>,
  box: Box,
  look: Look
) => {
  const { details, fontSize, theme } = look
  const labelWidth = Math.max(20, box.width - 12 - widthOf(columns))
  const words = { fontSize, fontFamily, verticalAlign: "middle" } as const
  return slices.flatMap(({ key, label }, index) => {
    const y = box.y + index * rowHeight + rowHeight / 2
    return [
      {
        type: "circle",
        silent: true,
        shape: { cx: box.x + 5, cy: y, r: 4.5 },
        style: { fill: colors[index] ?? theme.muted }
      },
      {
        type: "text",
        silent: true,
        x: box.x + 16,
        y,
        style: { ...words, text: label, fill: theme.ink, width: labelWidth, overflow: "truncate" }
      },
      ...columns.map(({ colors: inks, texts }, column) => ({
        type: "text" as const,
        silent: true,
        x: box.x + box.width - widthOf(columns.slice(column + 1)),
        y,
        style: { ...words, text: texts[index] ?? "", fill: inks[index] ?? theme.ink, align: "right" as const }
      })),
      ...(details.isInteractive === false ? [] : [
        {
          type: "rect",
          shape: { x: box.x, y: box.y + index * rowHeight, width: box.width, height: rowHeight },
          style: { fill: "transparent" },
          info: { id: key }
        } as const
      ])
    ] as const
  })
}
