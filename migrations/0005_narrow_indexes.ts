import { Effect } from "effect"
import { SqlClient } from "effect/sql"

const withAssignees = "assignee_ids <> '{}'"

interface Measured {
  readonly table: string
  readonly at: string
  readonly isNullable: boolean
  readonly columns: ReadonlyArray<string>
}

/** All that is measured of the rows by their time, as in the indexes of 0001. */
const everything: ReadonlyArray<Measured> = [
  {
    table: "leads",
    at: "created_at",
    isNullable: false,
    columns: ["lead_id", "status", "source", "lead_type", "first_call_at"]
  },
  { table: "deals", at: "created_at", isNullable: false, columns: ["status", "stage"] },
  {
    table: "deals",
    at: "closed_at",
    isNullable: true,
    columns: [
      "deal_id",
      "created_at",
      "status",
      "currency",
      "price",
      "commission_mode",
      "commission_percent",
      "commission_amount"
    ]
  },
  { table: "tasks", at: "created_at", isNullable: false, columns: ["due_at", "completed_at"] },
  { table: "tasks", at: "due_at", isNullable: true, columns: ["completed_at"] },
  { table: "tasks", at: "completed_at", isNullable: true, columns: [] }
]

/** What most widgets measure: a scan takes as long as its rows are wide. */
const often: ReadonlyArray<Measured> = [
  { table: "leads", at: "created_at", isNullable: false, columns: ["status"] },
  { table: "deals", at: "closed_at", isNullable: true, columns: ["status", "currency", "price"] }
]

const including = (columns: ReadonlyArray<string>) => columns.length === 0 ? "" : ` INCLUDE (${columns.join(", ")})`

const only = (conditions: ReadonlyArray<string>) => conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`

const present = ({ at, isNullable }: Measured) => isNullable ? [`${at} IS NOT NULL`] : []

/** For many people: of the rows with assignees, those of one owner after the other. */
const sharedByOwner = (of: Measured) =>
  `CREATE INDEX ${of.table}_shared_owner_${of.at} ON crm.${of.table} (organization_id, owner_id, ${of.at})${
    including(["assignee_ids", ...of.columns])
  }${only([withAssignees, ...present(of)])}`

/** Leads are looked up by what is found in the shared half, so their id is there too. */
const found = ({ table }: Measured) => table === "leads" ? ["lead_id"] : []

const narrow = (of: Measured) => [
  `CREATE INDEX ${of.table}_owner_${of.at}_narrow ON crm.${of.table} (organization_id, owner_id, ${of.at})${
    including(of.columns)
  }${only(present(of))}`,
  `CREATE INDEX ${of.table}_shared_${of.at}_narrow ON crm.${of.table} (organization_id, ${of.at})${
    including(["owner_id", "assignee_ids", ...found(of), ...of.columns])
  }${only([withAssignees, ...present(of)])}`
]

const statements = [
  ...everything.map(sharedByOwner),
  ...often.flatMap(narrow),
  "DROP INDEX crm.deals_shared_open",
  `CREATE INDEX deals_shared_open ON crm.deals (organization_id, owner_id)
    INCLUDE (assignee_ids, stage, price, currency) WHERE status = 'open' AND ${withAssignees}`
]

export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true })
})
