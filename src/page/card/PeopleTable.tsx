import { useMemo, useState } from "react"
import { columnNotes, peopleTable, sortedPeople, type Sorting } from "../../presentation/peopleTable.ts"
import { stateOf } from "../../presentation/stateOf.ts"
import { usePerson } from "../api/queries.ts"
import { narrowingOf } from "../choosing/narrowing.ts"
import { categoryPoint, type Point } from "../records/Point.ts"
import type { RecordsAsked } from "../records/RecordsAsked.ts"
import { localization, t } from "../shell/messages.ts"
import "../style/people.css"
import { Cell } from "./SeriesTable.tsx"
import type { TableColumn } from "./TableCard.tsx"

interface PeopleTableProps {
  readonly title: string
  readonly columns: ReadonlyArray<TableColumn>
  readonly onRecords: ((asked: RecordsAsked) => void) | undefined
}

interface HeadProps {
  readonly label: string
  readonly column: number
  readonly sorting: Sorting
  readonly notes?: ReadonlyArray<string>
  readonly onSort: (sorting: Sorting) => void
}

/** The first click sorts numbers from the largest, and names from A. The next one reverses the order. */
const Head = ({ column, label, notes = [], onSort, sorting }: HeadProps) => {
  const isSorted = sorting.column === column
  const isDescending = isSorted ? !sorting.isDescending : column !== -1
  const order = sorting.isDescending ? "descending" : "ascending"
  return (
    <th scope="col" className={column === -1 ? undefined : "number"} aria-sort={isSorted ? order : undefined}>
      <button type="button" className="sort-button" onClick={() => onSort({ column, isDescending })}>
        {isSorted && <span className="sort-mark" aria-hidden="true">{sorting.isDescending ? "▼ " : "▲ "}</span>}
        {label}
      </button>
      {notes.map((note) => <small key={note}>{note}</small>)}
    </th>
  )
}

export const PeopleTable = ({ columns, onRecords, title }: PeopleTableProps) => {
  const [sorting, sort] = useState<Sorting>({ column: 0, isDescending: true })
  const isAdmin = usePerson().role === "admin"
  const counted = useMemo(
    () => columns.flatMap(({ series, ...column }) => series === undefined ? [] : [{ ...column, series }]),
    [columns]
  )
  const table = useMemo(() => {
    const sources = counted.map((column) => ({ ...column, moreIsBetter: column.metric?.moreIsBetter }))
    return peopleTable(sources, localization())
  }, [counted])
  const notes = useMemo(() => columnNotes(counted.map(({ series }) => series), localization()), [counted])
  const rows = useMemo(() => sortedPeople(table, sorting, localization()), [table, sorting])
  const askedAt = (index: number, point: Point) => {
    const column = counted[index]
    if (column === undefined || onRecords === undefined) return
    const { label, metric, series, widget } = column
    const narrowing = metric && narrowingOf(series, point.at, metric, widget.groupBy, isAdmin)
    onRecords({ widget, title: label, series, point, narrowing })
  }
  const pointAt = (column: number, index: number) => {
    const series = counted[column]?.series
    return onRecords === undefined || series?.shape !== "leaderboard" ? undefined : categoryPoint(series, index)
  }
  const [first] = counted
  const state = first && stateOf(first.series, localization())
  if (table.rows.length === 0 && state !== undefined && state.kind !== "filled") {
    return (
      <div className="card-fault" role={state.kind === "failed" ? "alert" : undefined}>
        <strong>{state.title}</strong>
        <span>{state.text}</span>
      </div>
    )
  }
  return (
    <div className="card-table people-table" tabIndex={0} role="region" aria-label={t.tableOf({ title })}>
      <table>
        <caption className="hidden">{title}</caption>
        <thead>
          <tr>
            <Head label={localization().t.columnPerson()} column={-1} sorting={sorting} onSort={sort} />
            {table.columns.map(({ label, note }, index) => (
              <Head
                key={index}
                label={label}
                notes={note === undefined ? notes[index] ?? [] : [note]}
                column={index}
                sorting={sorting}
                onSort={sort}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ cells, key, name }) => (
            <tr key={key}>
              <th scope="row" dir="auto">{name}</th>
              {cells.map(({ change, index, value }, column) => {
                const { format = String, largest = 0 } = table.columns[column] ?? {}
                const share = value === null || largest === 0 ? 0 : Math.abs(value) / largest
                return (
                  <td key={column} className="number">
                    <span className="cell-bar" style={{ width: `${100 * share}%` }} />
                    <Cell
                      text={format(value)}
                      point={pointAt(column, index)}
                      onPoint={(point) => askedAt(column, point)}
                    />
                    {change !== undefined && <small className={`cell-change ${change.tone}`}>{change.text}</small>}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
        {table.columns.some(({ total }) => total !== null) && (
          <tfoot>
            <tr>
              <th scope="row">{localization().t.total()}</th>
              {table.columns.map(({ format, total }, index) => <td key={index} className="number">{format(total)}</td>)}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
