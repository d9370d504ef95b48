import type { RecordTable } from "../../domain/AgentAnswer.ts"
import type { RecordsResponse } from "../../domain/Records.ts"
import { shortMeta } from "./shortMeta.ts"

export const recordTable = ({ columns, meta, results, ...page }: RecordsResponse): RecordTable => ({
  ...page,
  columns: ["Id", "Time", "Numerator", "Denominator", ...columns.map(({ label }) => label)],
  rows: results.map(({ at, fields, id, weight: { d, n } }) => [
    id,
    at,
    n,
    d,
    ...columns.map(({ key }) => fields[key]?.text ?? null)
  ]),
  meta: shortMeta(meta)
})
