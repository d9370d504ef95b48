import { useMemo, useState } from "react"
import { columnNotes, peopleTable } from "../../presentation/peopleTable.ts"
import { stateOf } from "../../presentation/stateOf.ts"
import { usePerson } from "../api/queries.ts"
import { narrowingOf } from "../choosing/narrowing.ts"
import { categoryPoint, type Point } from "../records/Point.ts"
import type { RecordsAsked } from "../records/RecordsAsked.ts"
import { locale, localization, t } from "../shell/messages.ts"
import { SortHead } from "../shell/SortHead.tsx"
import { type Sort, sortedBy } from "../shell/sorting.ts"
import "../style/people.css"
import { Cell } from "./SeriesTable.tsx"
import type { TableColumn } from "./TableCard.tsx"

interface PeopleTableProps {
  readonly title: string
  readonly columns: ReadonlyArray<TableColumn>
  readonly onRecords: ((asked: RecordsAsked) => void) | undefined
}

/** The key of the column of names. The other columns have their indexes as keys. */
const byName = "name"

export const PeopleTable = ({ columns, onRecords, title }: PeopleTableProps) => {
  const [sort, onSort] = useState<Sort | undefined>({ key: "0", isDown: true })
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
  const rows = sortedBy(
    table.rows,
    sort,
    ({ cells, name }, key) => key === byName ? name : cells[Number(key)]?.value ?? null,
    locale()
  )
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
            <SortHead
              by={byName}
              label={localization().t.columnPerson()}
              isNumber={false}
              sort={sort}
              onSort={onSort}
            />
            {table.columns.map(({ label, note }, index) => (
              <SortHead
                key={index}
                by={String(index)}
                label={label}
                isNumber
                notes={note === undefined ? notes[index] : [note]}
                sort={sort}
                onSort={onSort}
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
              {table.columns.map(({ format, total, totalNote }, index) => (
                <td key={index} className="number" title={totalNote}>{format(total)}</td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
