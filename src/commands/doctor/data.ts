import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { subscriptions } from "../../data/check/subscriptions.ts"
import { wrongOrganizations } from "../../data/check/wholeFindings.ts"
import { decodeRow } from "../../services/database/statements.ts"
import { type Findings, ok, problem } from "./Finding.ts"

const decodeTables = decodeRow(Schema.Struct({ isMade: Schema.Boolean }))

/** The checks of data that read few rows. `npm run check` runs all of them. */
export const data = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { isMade } = yield* decodeTables(sql`SELECT to_regclass('crm.organizations') IS NOT NULL AS "isMade"`)
  if (!isMade) return []
  const wrong = (yield* wrongOrganizations).map(({ organizationId, remedy, sentence }) =>
    problem(`${organizationId}: ${sentence}: ${remedy}`)
  )
  const states = (yield* subscriptions).map(({ isRunning, text }) => isRunning ? ok(text) : problem(text))
  const findings: Findings = [...wrong, ...states]
  return findings
})
