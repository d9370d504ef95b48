import { inOrder } from "./inOrder.ts"

const timeIndexes = [
  ["leads", "created_at", ["lead_id", "status", "source", "lead_type", "first_call_at"], false],
  ["deals", "created_at", ["status", "stage"], false],
  [
    "deals",
    "closed_at",
    [
      "deal_id",
      "created_at",
      "status",
      "currency",
      "price",
      "commission_mode",
      "commission_percent",
      "commission_amount"
    ],
    true
  ],
  ["tasks", "created_at", ["due_at", "completed_at"], false],
  ["tasks", "due_at", ["completed_at"], true],
  ["tasks", "completed_at", [], true]
] as const

/** This index lists the rows with assignees by owner, for requests about many people. */
const sharedByOwner = ([table, at, measured, isNullable]: (typeof timeIndexes)[number]) =>
  `CREATE INDEX ${table}_shared_owner_${at} ON crm.${table} (organization_id, owner_id, ${at})
    INCLUDE (${["assignee_ids", ...measured].join(", ")})
    WHERE assignee_ids <> '{}'${isNullable ? ` AND ${at} IS NOT NULL` : ""}`

const statements = [
  ...timeIndexes.map(sharedByOwner),
  "DROP INDEX crm.deals_shared_open",
  `CREATE INDEX deals_shared_open ON crm.deals
    (organization_id, owner_id) INCLUDE (assignee_ids, stage, price, currency)
    WHERE status = 'open' AND assignee_ids <> '{}'`
]

export default inOrder(statements)
