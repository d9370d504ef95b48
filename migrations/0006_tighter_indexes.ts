import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/** What is measured of won deals alone; what counts lost ones too has the narrow indexes of 0005. */
const ofWon = [
  "deal_id",
  "created_at",
  "currency",
  "price",
  "commission_mode",
  "commission_percent",
  "commission_amount"
]

const won = "status = 'won' AND closed_at IS NOT NULL"

const statements = [
  "DROP INDEX crm.deals_owner_closed_at",
  "DROP INDEX crm.deals_shared_closed_at",
  `CREATE INDEX deals_owner_won ON crm.deals (organization_id, owner_id, closed_at)
    INCLUDE (${ofWon.join(", ")}) WHERE ${won}`,
  `CREATE INDEX deals_shared_won ON crm.deals (organization_id, closed_at)
    INCLUDE (${["owner_id", "assignee_ids", ...ofWon].join(", ")}) WHERE assignee_ids <> '{}' AND ${won}`,
  `CREATE INDEX deal_shares_paid ON crm.deal_shares (organization_id, deal_id, party)
    INCLUDE (mode, percent, amount, user_id)`,
  "DROP INDEX crm.emails_thread"
]

export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true })
})
