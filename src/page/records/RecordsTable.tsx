import { useCatalog } from "../api/queries.ts"
import type { MetricRecord, RecordsResponse } from "../api/wire.ts"
import { t } from "../shell/messages.ts"
import { shownColumns } from "./recordColumns.ts"

interface RecordsTableProps {
  readonly title: string
  readonly response: RecordsResponse
  readonly records: ReadonlyArray<MetricRecord>
}

const Name = ({ record: { id, link } }: { readonly record: MetricRecord }) =>
  link === undefined
    ? <code>{id}</code>
    : (
      <a href={link} target="_blank" rel="noopener noreferrer" title={t.openInCrm()}>
        <code>{id}</code>
      </a>
    )

export const RecordsTable = ({ records, response, title }: RecordsTableProps) => {
  const columns = shownColumns(response, records, useCatalog())
  return (
    <div className="records-table" tabIndex={0} role="region" aria-label={t.recordsTitle({ title })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.id()}</th>
            {columns.map(({ isNumber, key, label }) => (
              <th key={key} scope="col" className={isNumber ? "number" : undefined}>{label}</th>
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
