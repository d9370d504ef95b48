import type { Localization } from "../languages/Localization.ts"
import type { Size } from "../presentation/Details.ts"
import { type PeopleTable, peopleTable } from "../presentation/peopleTable.ts"
import { fontFamily, type Theme } from "../presentation/themes.ts"
import type { DocumentCard } from "./Document.ts"
import { fittedText, fontFamilies, measureText, type Weight, wrappedText } from "./fonts.ts"
import { element, escaped, withFontRuns } from "./xml.ts"

const lowRow = 24
/** A row with changes has two lines. */
const highRow = 38
const fontSize = 12
const lineHeight = 15
const gap = 10
const narrowest = 64
const widestName = 170

/** A table of people in a file. */
export const peopleTableOf = (columns: ReadonlyArray<DocumentCard>, localization: Localization): PeopleTable =>
  peopleTable(
    columns.map(({ details: { moreIsBetter }, series, title }) => ({ label: title, series, moreIsBetter })),
    localization
  )

const rowHeightOf = ({ columns }: PeopleTable) => columns.some(({ isCompared }) => isCompared) ? highRow : lowRow

/** The height in which all people have room. */
export const peopleHeight = (columns: ReadonlyArray<DocumentCard>, localization: Localization): number => {
  const table = peopleTableOf(columns, localization)
  return 2 * lineHeight + 8 + (table.rows.length + 1) * rowHeightOf(table)
}

interface Told {
  readonly color: string
  readonly isRight?: boolean
  readonly weight?: Weight
}

const text = (x: number, y: number, words: string, { color, isRight = false, weight = "regular" }: Told) =>
  element(
    "text",
    {
      x,
      y,
      fill: color,
      "font-size": fontSize,
      "font-weight": weight === "semiBold" ? 600 : 400,
      "text-anchor": isRight ? "end" : "start"
    },
    withFontRuns(escaped(words), fontFamilies[1])
  )

/** Draws the columns and rows that have room, and says how many people are not drawn. */
export const peopleSvg = (
  columns: ReadonlyArray<DocumentCard>,
  localization: Localization,
  theme: Theme,
  { height, width }: Size
): string => {
  const table = peopleTableOf(columns, localization)
  const { t } = localization
  const rowHeight = rowHeightOf(table)
  const names = [t.total(), ...table.rows.map(({ name }) => name)]
  const nameWidth = Math.min(widestName, width / 3, Math.max(...names.map((name) => measureText(name, fontSize))) + gap)
  const numbers = table.columns.flatMap(({ format }, column) =>
    table.rows.flatMap(({ cells }) => {
      const cell = cells[column]
      return [format(cell?.value ?? null), cell?.change?.text ?? ""].map((words) => measureText(words, fontSize) + gap)
    })
  )
  const least = Math.max(narrowest, ...numbers)
  const shown = table.columns.slice(0, Math.max(1, Math.floor((width - nameWidth) / least)))
  const columnWidth = (width - nameWidth) / shown.length
  const heads = shown.map(({ label }) => wrappedText(label, columnWidth - gap, fontSize, 2))
  const headHeight = Math.max(1, ...heads.map(({ length }) => length)) * lineHeight + 8
  const hasTotal = shown.some(({ total }) => total !== null)
  const room = Math.max(1, Math.floor((height - headHeight) / rowHeight) - Number(hasTotal))
  const rows = table.rows.length <= room ? table.rows : table.rows.slice(0, Math.max(1, room - 1))
  const right = (column: number) => nameWidth + (column + 1) * columnWidth
  const top = (row: number) => headHeight + row * rowHeight
  const name = (words: string, row: number, told: Told) =>
    text(0, top(row) + 16, fittedText(words, nameWidth - gap, fontSize, told.weight), told)
  const line = (y: number) => element("line", { x1: 0, x2: width, y1: y, y2: y, stroke: theme.line })
  const { ink, muted } = { ink: { color: theme.ink }, muted: { color: theme.muted } }
  const total = { ...ink, weight: "semiBold" } as const
  const hidden = table.rows.length - rows.length
  const last = rows.length + Number(hidden > 0)
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": [fontFamilies[0], fontFamily].join(", ")
    },
    ...heads.flatMap((lines, column) =>
      lines.map((words, index) =>
        text(right(column), headHeight - 8 - (lines.length - 1 - index) * lineHeight, words, {
          ...muted,
          isRight: true,
          weight: "semiBold"
        })
      )
    ),
    ...rows.flatMap(({ cells, name: person }, row) => [
      line(top(row)),
      name(person, row, ink),
      ...shown.flatMap(({ format, largest }, column) => {
        const { change, value = null } = cells[column] ?? {}
        const bar = largest === 0 ? 0 : Math.abs(value ?? 0) / largest * (columnWidth - gap)
        const place = { x: right(column) - columnWidth + gap, y: top(row) + 3, width: bar.toFixed(1) }
        return [
          element("rect", { ...place, height: lowRow - 6, rx: 3, fill: theme.colors.blue, "fill-opacity": 0.18 }),
          text(right(column) - 2, top(row) + 16, format(value), { ...ink, isRight: true }),
          ...(change === undefined
            ? []
            : [text(right(column) - 2, top(row) + 31, change.text, { color: theme[change.tone], isRight: true })])
        ]
      })
    ]),
    ...(hidden > 0
      ? [line(top(rows.length)), text(0, top(rows.length) + 16, t.restMore({ count: hidden }), muted)]
      : []),
    ...(hasTotal
      ? [
        line(top(last)),
        name(t.total(), last, total),
        ...shown.map(({ format, total: sum }, column) =>
          text(right(column) - 2, top(last) + 16, format(sum), { ...total, isRight: true })
        )
      ]
      : [])
  )
}
