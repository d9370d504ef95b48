import type { DocumentFormat } from "../domain/DocumentFormat.ts"
import type { MetricSeries } from "../domain/Series.ts"
import { messagesOf } from "../languages/messagesOf.ts"
import { rowCount } from "../presentation/tableOf.ts"
import { figuresOf } from "../presentation/targetOf.ts"
import { type ComparisonDocument, isComparison } from "./ComparisonDocument.ts"
import type { Document, DocumentCard } from "./Document.ts"

/** A process makes a file of at most this cost in about half a second. */
const smallCost = 2_000

/** With more cells, a process that makes a CSV or XLSX file would need more than 400 MB. */
export const mostCells = 100_000

/** A PDF file of this cost needs almost 400 MB: a cell of a table needs 25 KB, and a chart as much as 125 cells. */
const mostOfPdf = 7_000
const cellsOfChart = 125

/** A row of a comparison has a name, two numbers, their difference, and a percentage. */
const comparedColumns = 5

/** A table of people has a row for each person of any column. */
const peopleIn = (columns: ReadonlyArray<DocumentCard>): number =>
  new Set(
    columns.flatMap(({ series }) => series.shape === "leaderboard" ? series.points.map(({ category }) => category) : [])
  ).size

const isCompared = ({ series: { points, shape } }: DocumentCard): boolean =>
  shape !== "timeseries" && points.some((point) => "previous" in point)

/** A table with these has two more columns: the target and the attained part, or the shares of a funnel. */
const hasMore = ({ series: { points } }: DocumentCard): boolean =>
  points.some((point) => "target" in point || "ofFirst" in point)

/** Rows that are compared have the number before and the change, and those of a table of people the number before. */
const sizeOf = (card: DocumentCard): { readonly rows: number; readonly columns: number } => {
  const { columns, series: found } = card
  if (columns !== undefined) {
    return { rows: peopleIn(columns), columns: 1 + columns.length + columns.filter(isCompared).length }
  }
  const more = (isCompared(card) ? 2 : 0) + (hasMore(card) ? 2 : 0)
  switch (found.shape) {
    case "timeseries":
      return {
        rows: rowCount(found),
        columns: 1 + found.series.length * (found.previousPoints === undefined ? 1 : 2) +
          (figuresOf(found.meta)?.points === undefined ? 0 : 1)
      }
    case "category":
      return { rows: found.points.length, columns: 2 + more }
    case "leaderboard":
      return { rows: found.points.length, columns: 3 + more }
    case "stat":
      return { rows: 1, columns: 3 }
  }
}

const cellsIn = (card: DocumentCard): number => {
  const { columns, rows } = sizeOf(card)
  return rows * columns
}

/** Counts the cells of all tables. */
export const cellsOf = (document: Pick<Document, "cards"> | ComparisonDocument): number =>
  isComparison(document)
    ? document.cards.reduce((sum, { widget: { points } }) => sum + points.length * comparedColumns, 0)
    : document.cards.reduce((sum, card) => sum + cellsIn(card), 0)

/** Small files do not wait for large files. */
export const isSmall = (document: Document | ComparisonDocument, format: DocumentFormat): boolean => {
  const charts = format === "pdf" && !isComparison(document) ? cellsOfChart * document.cards.length : 0
  return charts + cellsOf(document) <= smallCost
}

/** The newest points of a timeseries with their previous and target values, and the first rows of other series. */
const cut = (found: MetricSeries, rows: number): MetricSeries => {
  switch (found.shape) {
    case "timeseries": {
      const start = Math.max(0, found.points.length - rows)
      const kept = <A>(all: ReadonlyArray<A>) => all.slice(start, start + rows)
      const target = figuresOf(found.meta)
      return {
        ...found,
        points: kept(found.points),
        ...(found.previousPoints !== undefined && { previousPoints: kept(found.previousPoints) }),
        ...(target?.points !== undefined && {
          meta: { ...found.meta, target: { ...target, points: kept(target.points) } }
        })
      }
    }
    case "category":
      return { ...found, points: found.points.slice(0, rows) }
    case "leaderboard":
      return { ...found, points: found.points.slice(0, rows) }
    case "stat":
      return found
  }
}

/** Small tables are complete. The other tables share the rest equally. */
const sharesOf = (cells: ReadonlyArray<number>, total: number): ReadonlyMap<number, number> => {
  const ascending = cells.map((wanted, index) => ({ wanted, index })).toSorted((a, b) => a.wanted - b.wanted)
  const shares = new Map<number, number>()
  let left = total
  for (const [done, { index, wanted }] of ascending.entries()) {
    const share = Math.min(wanted, Math.floor(left / (cells.length - done)))
    shares.set(index, share)
    left -= share
  }
  return shares
}

/** The number of rows of each widget of a comparison that fits into a PDF file. */
export const fittedRows = ({ cards }: Pick<ComparisonDocument, "cards">): ReadonlyArray<number> => {
  const shares = sharesOf(cards.map(({ widget: { points } }) => points.length * comparedColumns), mostOfPdf)
  return cards.map((_, index) => Math.floor((shares.get(index) ?? 0) / comparedColumns))
}

/**
 * Returns the cards with the series that fit into the appendix of a PDF file, and a note for each card with fewer rows.
 * The rows of a timeseries after its last point are left out first. If points are left out too, the note counts points.
 * A table of people keeps its columns and their totals, and shows at most `rows` people.
 */
export const fitted = ({ cards, locale }: Pick<Document, "cards" | "locale">) => {
  const room = Math.max(0, mostOfPdf - cellsOfChart * cards.length)
  const shares = sharesOf(cards.map(cellsIn), room)
  return cards.map((card, index) => {
    const { columns, rows } = sizeOf(card)
    const shown = Math.floor((shares.get(index) ?? 0) / columns)
    const isTable = card.columns !== undefined
    if (shown >= rows || (!isTable && card.series.shape === "stat")) {
      return { card, series: card.series, rows, note: "" }
    }
    const { firstRows, newestRows } = messagesOf(locale).documents
    const { points, shape } = card.series
    const hasLess = shape === "timeseries" && shown < points.length
    const counts = { shown: String(shown), rows: String(hasLess ? points.length : rows) }
    const note = hasLess ? newestRows(counts) : firstRows(counts)
    return { card, series: isTable ? card.series : cut(card.series, shown), rows: shown, note }
  })
}
