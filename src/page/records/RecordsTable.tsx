import type { MetricRecord } from "../api/wire.ts"
import { t } from "../shell/messages.ts"
import { SortHead } from "../shell/SortHead.tsx"
import type { Sort } from "../shell/sorting.ts"
import type { ShownColumn } from "./recordColumns.ts"
import "../style/records.css"

interface RecordsTableProps {
  readonly title: string
  readonly columns: ReadonlyArray<ShownColumn>
  readonly records: ReadonlyArray<MetricRecord>
  readonly sort: Sort | undefined
  readonly onSort: (sort: Sort | undefined) => void
}

const Name = ({ record: { id, link } }: { readonly record: MetricRecord }) =>
  link === undefined
    ? <code>{id}</code>
    : (
      <a href={link} target="_blank" rel="noopener noreferrer" title={t.openInCrm()}>
        <code>{id}</code>
      </a>
    )

export const RecordsTable = ({ columns, onSort, records, sort, title }: RecordsTableProps) => {
  const head = { sort, onSort }
  return (
    <div className="records-table" tabIndex={0} role="region" aria-label={t.recordsTitle({ title })}>
      <table>
        <thead>
          <tr>
            <SortHead by="id" label={t.id()} isNumber={false} {...head} />
            {columns.map(({ isNumber, key, label }) => (
              <SortHead key={key} by={key} label={label} isNumber={isNumber} {...head} />
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.id}>
              <th scope="row">
                <Name record={record} />
              </th>
              {columns.map(({ isNumber, key, textOf }) => (
                <td key={key} className={isNumber ? "number" : undefined}>{textOf(record)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
