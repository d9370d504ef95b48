import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { crmTables } from "../../metrics/crm.ts"
import type { Finding } from "./Kind.ts"
import { rowFindings } from "./rowFindings.ts"
import { wrongTargets } from "./targetFindings.ts"
import { unknownOrganizations, wrongCodes, wrongOrganizations } from "./wholeFindings.ts"
import { wordFields, wordFindings } from "./wordFindings.ts"

/** The faults in all rows of an organization. */
export const organizationFindings = Effect.fn("organizationFindings")(function*(organizationId: string) {
  const found = yield* Effect.forEach(crmTables, (table) =>
    Effect.all([
      rowFindings(table, organizationId),
      Effect.map(Effect.forEach(wordFields(table), (field) => wordFindings(table, organizationId, field)), (all) =>
        all.flat())
    ]))
  return found.flat(2)
})

/** The faults in the rows of all organizations. */
export const everyFinding = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const known = yield* sql<{ readonly id: string | null }>`
    SELECT organization_id AS id FROM crm.organizations ORDER BY 1
  `
  const ids = known.flatMap(({ id }) => id === null ? [] : [id])
  const findings: ReadonlyArray<Finding> = [
    ...yield* wrongOrganizations,
    ...yield* wrongTargets,
    ...yield* unknownOrganizations,
    ...yield* wrongCodes,
    ...(yield* Effect.forEach(ids, organizationFindings)).flat()
  ]
  return findings
})
