import { Effect } from "effect"
import { contract } from "../../metrics/crm.ts"
import type { Table } from "../../metrics/Table.ts"
import { rowFindings } from "./rowFindings.ts"
import { wordFields, wordFindings } from "./wordFindings.ts"

const tables: ReadonlyArray<Table> = Object.values<Table>(contract)

/** The faults in all rows of an organization. */
export const organizationFindings = Effect.fn("organizationFindings")(function*(organizationId: string) {
  const found = yield* Effect.forEach(tables, (table) =>
    Effect.all([
      rowFindings(table, organizationId),
      Effect.map(Effect.forEach(wordFields(table), (field) => wordFindings(table, organizationId, field)), (all) =>
        all.flat())
    ]))
  return found.flat(2)
})
