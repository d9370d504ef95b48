import { contract, type Tables } from "../../metrics/crm.ts"
import type { Cells, Field, Kind, Population } from "../../metrics/Table.ts"

export interface Row {
  readonly organizationId: string
}

export const cell = <K extends Kind>(row: Row, field: Field<K>): Cells[K] | null =>
  (row as unknown as { readonly [name: string]: Cells[K] | null })[field.name] ?? null

const keyByTable = new Map(Object.entries(contract).map(([key, table]) => [table.name, key as keyof Tables]))

export const rowsOf = (population: Population, tables: Tables): ReadonlyArray<Row> => {
  const key = keyByTable.get(population.table)
  return key === undefined ? [] : tables[key]
}
