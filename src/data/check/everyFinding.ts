import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { Finding } from "./Kind.ts"
import { organizationFindings } from "./organizationFindings.ts"
import { unknownOrganizations, wrongCodes, wrongOrganizations } from "./wholeFindings.ts"

/** The faults in the rows of all organizations. */
export const everyFinding = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const known = yield* sql<{ readonly id: string | null }>`
    SELECT organization_id AS id FROM crm.organizations ORDER BY 1
  `
  const ids = known.flatMap(({ id }) => id === null ? [] : [id])
  const findings: ReadonlyArray<Finding> = [
    ...yield* wrongOrganizations,
    ...yield* unknownOrganizations,
    ...yield* wrongCodes,
    ...(yield* Effect.forEach(ids, organizationFindings)).flat()
  ]
  return findings
})
