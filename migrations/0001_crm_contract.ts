import { inOrder } from "./inOrder.ts"

/** JavaScript's `trim` removes the same characters. So SQL and `domain/reservedKeys.ts` refuse the same values. */
const space = String.raw`[\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*`

const ours = `(~|(bucket|partial|__proto__)${space}$)`

const key = (column: string, octets: number) =>
  `CHECK (${column} !~ '^${space}${ours}') CHECK (octet_length(${column}) <= ${octets})`

const person = (column: string) => key(column, 100)
const word = (column: string) => key(column, 64)

/** 1,900 bytes hold about fifty ids, and fit into a row of a covering index (at most 2,704 bytes). */
const assigneeIds = `assignee_ids text[] NOT NULL DEFAULT '{}'
    CHECK (array_position(assignee_ids, NULL) IS NULL)
    CHECK (array_to_string(assignee_ids, E'\\n') !~ '(^|\\n)${space}(~|(bucket|partial|__proto__)${space}($|\\n))')
    CHECK (pg_column_size(assignee_ids) <= 1900)`

const organizationId = "organization_id text NOT NULL CHECK (octet_length(organization_id) <= 100)"

const time = (column: string, presence: "NOT NULL" | "NULL") =>
  `${column} timestamptz(3) ${presence} CHECK (isfinite(${column}))`

const money = (column: string) => `${column} numeric(16, 2) CHECK (${column} <> 'NaN')`
const percent = (column: string) => `${column} numeric(9, 4) CHECK (${column} <> 'NaN')`
const currency = "currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$')"

const tables = [
  `CREATE TABLE crm.organizations (
    ${organizationId},
    name text NOT NULL,
    time_zone text NOT NULL DEFAULT 'UTC',
    week_start integer NOT NULL DEFAULT 1 CHECK (week_start BETWEEN 1 AND 7),
    ${currency} DEFAULT 'EUR',
    PRIMARY KEY (organization_id)
  )`,
  `CREATE TABLE crm.members (
    ${organizationId},
    user_id text NOT NULL ${person("user_id")},
    name text NOT NULL,
    ${time("left_at", "NULL")},
    PRIMARY KEY (organization_id, user_id)
  )`,
  `CREATE TABLE crm.tags (
    ${organizationId},
    tag_id uuid NOT NULL,
    name text NOT NULL,
    color text NOT NULL,
    ${time("archived_at", "NULL")},
    PRIMARY KEY (organization_id, tag_id)
  )`,
  `CREATE TABLE crm.leads (
    ${organizationId},
    lead_id text NOT NULL CHECK (octet_length(lead_id) <= 100),
    owner_id text ${person("owner_id")},
    ${assigneeIds},
    tag_ids uuid[] NOT NULL DEFAULT '{}' CHECK (array_position(tag_ids, NULL) IS NULL),
    lead_type text ${word("lead_type")},
    source text ${key("source", 255)},
    status text NOT NULL ${word("status")},
    ${time("created_at", "NOT NULL")},
    ${time("first_call_at", "NULL")},
    PRIMARY KEY (organization_id, lead_id)
  )`,
  `CREATE TABLE crm.lead_status_spells (
    ${organizationId},
    lead_id text NOT NULL,
    status text NOT NULL ${word("status")},
    ${time("started_at", "NOT NULL")},
    ${time("ended_at", "NULL")},
    PRIMARY KEY (organization_id, lead_id, started_at, status) INCLUDE (ended_at)
  )`,
  `CREATE TABLE crm.deals (
    ${organizationId},
    deal_id text NOT NULL CHECK (octet_length(deal_id) <= 100),
    lead_id text,
    owner_id text ${person("owner_id")},
    ${assigneeIds},
    stage text NOT NULL ${word("stage")},
    status text NOT NULL CHECK (status IN ('open', 'won', 'lost')),
    lost_reason text CHECK (lost_reason !~ '^${space}${ours}'),
    ${money("price")},
    ${currency},
    commission_mode text ${word("commission_mode")},
    ${percent("commission_percent")},
    ${money("commission_amount")},
    ${time("created_at", "NOT NULL")},
    ${time("closed_at", "NULL")},
    ${time("expected_close_at", "NULL")},
    PRIMARY KEY (organization_id, deal_id)
  )`,
  `CREATE TABLE crm.deal_shares (
    ${organizationId},
    deal_id text NOT NULL,
    share_id text NOT NULL,
    party text NOT NULL ${word("party")},
    user_id text ${person("user_id")},
    name text NOT NULL,
    mode text NOT NULL ${word("mode")},
    ${percent("percent")},
    ${money("amount")},
    PRIMARY KEY (organization_id, deal_id, share_id)
  )`,
  `CREATE TABLE crm.tasks (
    ${organizationId},
    task_id text NOT NULL,
    lead_id text,
    owner_id text ${person("owner_id")},
    ${assigneeIds},
    ${time("created_at", "NOT NULL")},
    ${time("due_at", "NULL")},
    ${time("completed_at", "NULL")},
    PRIMARY KEY (organization_id, task_id)
  )`,
  `CREATE TABLE crm.calls (
    ${organizationId},
    call_id text NOT NULL,
    lead_id text,
    owner_id text ${person("owner_id")},
    direction text NOT NULL ${word("direction")},
    outcome text NOT NULL ${word("outcome")},
    duration_seconds integer NOT NULL CHECK (duration_seconds >= 0),
    ${time("started_at", "NOT NULL")},
    PRIMARY KEY (organization_id, call_id)
  )`,
  `CREATE TABLE crm.emails (
    ${organizationId},
    email_id text NOT NULL,
    lead_id text,
    owner_id text ${person("owner_id")},
    thread_id text CHECK (octet_length(thread_id) <= 1000),
    direction text NOT NULL ${word("direction")},
    ${time("sent_at", "NOT NULL")},
    PRIMARY KEY (organization_id, email_id)
  )`
]

const commission = ["commission_mode", "commission_percent", "commission_amount"] as const

/** Each entry is a table, a time column, and the other columns that index-only scans need. */
const timeIndexes = [
  ["leads", "created_at", ["lead_id", "status", "source", "lead_type", "first_call_at"]],
  ["deals", "created_at", ["status", "stage"]],
  ["deals", "closed_at", ["deal_id", "created_at", "status", "currency", "price", ...commission]],
  ["tasks", "created_at", ["due_at", "completed_at"]],
  ["tasks", "due_at", ["completed_at"]],
  ["tasks", "completed_at", []],
  ["calls", "started_at", ["direction", "outcome", "duration_seconds"]],
  ["emails", "sent_at", ["direction", "thread_id"]]
] as const

const withAssignees = new Set<string>(["leads", "deals", "tasks"])
const nullable = new Set<string>(["closed_at", "due_at", "completed_at"])

const including = (columns: ReadonlyArray<string>) => columns.length === 0 ? "" : ` INCLUDE (${columns.join(", ")})`

/** The first index lists rows by owner and time. The second lists the rows with assignees by time. */
const timeIndex = ([table, at, measured]: (typeof timeIndexes)[number]) => {
  const present = nullable.has(at) ? [`${at} IS NOT NULL`] : []
  const only = (conditions: ReadonlyArray<string>) =>
    conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`
  return [
    `CREATE INDEX ${table}_owner_${at} ON crm.${table}
      (organization_id, owner_id, ${at})${including(measured)}${only(present)}`,
    ...(withAssignees.has(table)
      ? [`CREATE INDEX ${table}_shared_${at} ON crm.${table}
      (organization_id, ${at})${including(["owner_id", "assignee_ids", ...measured])}${
        only(["assignee_ids <> '{}'", ...present])
      }`]
      : [])
  ]
}

const indexes = [
  ...timeIndexes.flatMap(timeIndex),
  `CREATE INDEX deals_owner_open ON crm.deals
    (organization_id, owner_id) INCLUDE (stage, price, currency) WHERE status = 'open'`,
  `CREATE INDEX deals_shared_open ON crm.deals
    (organization_id) INCLUDE (owner_id, assignee_ids, stage, price, currency)
    WHERE status = 'open' AND assignee_ids <> '{}'`,
  `CREATE INDEX emails_thread ON crm.emails
    (organization_id, thread_id, sent_at) INCLUDE (owner_id, direction) WHERE thread_id IS NOT NULL`
]

export default inOrder(["CREATE SCHEMA IF NOT EXISTS crm", ...tables, ...indexes])
