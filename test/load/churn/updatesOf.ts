import type { Random } from "../../../src/data/Random.ts"
import { type Churned, tables } from "./tables.ts"

const list = (ids: ReadonlyArray<number>) => ids.map((id) => `'i${id}'`).join(", ")

const updated = ({ changed, id, table }: Churned, ids: ReadonlyArray<number>) => {
  const columns = changed.join(", ")
  return `UPDATE crm.${table} r SET (${columns}) = (SELECT ${columns} FROM churn.${table}(r.organization_id, r.${id}))
    WHERE organization_id = 'north' AND ${id} IN (${list(ids)})`
}

/** The returned function makes a statement that updates up to `rows` random rows with ids in the lower half. */
export const updatesOf = (chance: Random, ids: number, rows: number) => () =>
  updated(chance.pick(tables), Array.from({ length: rows }, () => chance.integer(1, ids / 2)))
