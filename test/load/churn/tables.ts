import { contract } from "../../../src/metrics/crm.ts"

/** Writers change the rows of this table. */
export interface Churned {
  readonly table: string
  readonly columns: ReadonlyArray<string>
  /** The first column of the key is the organization, and the second one is `id`. */
  readonly key: ReadonlyArray<string>
  readonly id: string
  /** These columns get other values when a row is updated. */
  readonly changed: readonly [string, ...ReadonlyArray<string>]
}

const churned = (
  name: Exclude<keyof typeof contract, "organizations" | "members" | "tags">,
  changed: Churned["changed"]
): Churned => {
  const { fields, key, name: table } = contract[name]
  const columns = new Map(Object.values(fields).map(({ column, name }) => [name, column]))
  const [id = "", ...others] = key.map((name) => columns.get(name) ?? name)
  return { table, columns: [...columns.values()], key: ["organization_id", id, ...others], id, changed }
}

export const leads = churned("leads", [
  "owner_id",
  "assignee_ids",
  "tag_ids",
  "status",
  "source",
  "created_at",
  "first_call_at"
])

/** Leads and deals are picked more often than others. */
export const tables: readonly [Churned, ...ReadonlyArray<Churned>] = [
  leads,
  leads,
  churned("deals", [
    "owner_id",
    "assignee_ids",
    "status",
    "price",
    "currency",
    "commission_percent",
    "closed_at"
  ]),
  churned("leadStatusSpells", ["ended_at"]),
  churned("dealShares", ["user_id", "party", "percent", "mode"]),
  churned("tasks", ["owner_id", "assignee_ids", "due_at", "completed_at"]),
  churned("calls", ["owner_id", "direction", "outcome", "duration_seconds"]),
  churned("emails", ["owner_id", "thread_id", "direction", "sent_at"])
]

export const organizations = ["north", "south"] as const

/** Each table has this number of rows before the trials. */
export const ids = 3_000

export const people = Array.from({ length: 12 }, (_, index) => `p${index + 1}`)

export const tagIds = Array.from({ length: 8 }, (_, index) => `00000000-0000-4000-8000-00000000000${index}`)

const list = (texts: ReadonlyArray<string>) => texts.map((text) => `'${text}'`).join(", ")

const sqlFunction = (signature: string, returns: string, body: string) =>
  `CREATE FUNCTION churn.${signature} RETURNS ${returns} VOLATILE LANGUAGE sql AS $$ ${body} $$`

const rowFunction = ({ table }: Churned, values: string) =>
  sqlFunction(`${table}(org text, id text)`, `SETOF crm.${table}`, `SELECT ${values}`)

const values: { readonly [table: string]: string } = {
  leads: `org, id, churn.person(), churn.team(), churn.tags(), churn.pick('buyer', 'seller', NULL),
    churn.pick('portal', 'referral', 'fair', 'web', NULL), churn.status(), churn.time(), churn.maybe(churn.time())`,
  lead_status_spells: "org, id, churn.status(), churn.time(), churn.maybe(churn.time())",
  deals: `org, id, 'i' || (1 + random() * ${ids})::int, churn.person(), churn.team(),
    churn.pick('qualified', 'viewing', 'offer', 'reserved'), churn.pick('open', 'won', 'won', 'lost'),
    churn.pick('price', 'Price', 'timing', NULL), churn.amount(), churn.pick('EUR', 'EUR', 'USD'),
    churn.pick('percent', 'fixed', NULL), (random() * 10)::numeric(9, 4), churn.amount() / 10, churn.time(),
    churn.maybe(churn.time()), NULL::timestamptz`,
  deal_shares: `org, id, 's' || (random() * 3)::int, churn.pick('agent', 'collaborator'), churn.person(),
    churn.pick('Ana', 'Bo', 'Agency'), churn.pick('percent', 'fixed'), (random() * 40)::numeric(9, 4),
    churn.amount() / 100`,
  tasks: `org, id, NULL, churn.person(), churn.team(), churn.time(), churn.maybe(churn.time()),
    churn.maybe(churn.time())`,
  calls: `org, id, NULL, churn.person(), churn.pick('inbound', 'outbound'),
    churn.pick('connected', 'no_answer', 'voicemail', 'busy'), (random() * 900)::int, churn.time()`,
  emails: `org, id, NULL, churn.person(), churn.pick('t' || (random() * ${ids / 3})::int, NULL, 't1'),
    churn.pick('inbound', 'outbound'), churn.time()`
}

const functions = [
  "CREATE SCHEMA churn",
  sqlFunction("pick(VARIADIC texts text[])", "text", "SELECT texts[1 + floor(random() * cardinality(texts))::int]"),
  sqlFunction("maybe(given anyelement)", "anyelement", "SELECT CASE WHEN random() < 0.6 THEN given END"),
  sqlFunction("person()", "text", `SELECT churn.pick(${list([...people, "stranger"])}, NULL)`),
  sqlFunction("status()", "text", "SELECT churn.pick('lead', 'potential', 'bad_timing', 'client', 'unqualified')"),
  sqlFunction("time()", "timestamptz", "SELECT now() + make_interval(secs => (random() - 0.98) * 4e7)"),
  sqlFunction("amount()", "numeric", "SELECT (random() * 9e5)::numeric(16, 2)"),
  sqlFunction(
    "team()",
    "text[]",
    `SELECT coalesce(array_agg(p), '{}') FROM unnest(ARRAY[${list(people)}]) p, (SELECT random() r) one
    WHERE r < 0.4 AND random() < 0.2`
  ),
  sqlFunction(
    "tags()",
    "uuid[]",
    `SELECT coalesce(array_agg(t), '{}') FROM unnest(ARRAY[${list(tagIds)}]::uuid[]) t WHERE random() < 0.15`
  )
]

/** Selects random rows. The SQL expression `id` computes the id of row `i`. */
export const randomRows = ({ table }: Churned, organization: string, id: string, from: number, to: number) =>
  `SELECT r.* FROM generate_series(${from}, ${to}) i CROSS JOIN LATERAL churn.${table}('${organization}', ${id}) r`

const distinct = [...new Map(tables.map((churned) => [churned.table, churned])).values()]

/** Creates the SQL functions and fills each table with `ids` rows. Each organization gets half of them. */
export const beginning = (ids: number): ReadonlyArray<string> => [
  ...functions,
  ...distinct.map((churned) => rowFunction(churned, values[churned.table] ?? "")),
  ...organizations.flatMap((organization, place) => [
    `INSERT INTO crm.organizations (organization_id, name) VALUES ('${organization}', 'O')`,
    `INSERT INTO crm.members (organization_id, user_id, name)
      SELECT '${organization}', p, p FROM unnest(ARRAY[${list(people)}]) p`,
    `INSERT INTO crm.tags (organization_id, tag_id, name, color)
      SELECT '${organization}', t::uuid, 'tag', 'teal' FROM unnest(ARRAY[${list(tagIds)}]) t`,
    ...distinct.map((churned) =>
      `INSERT INTO crm.${churned.table} ${
        randomRows(churned, organization, "'i' || i", 1 + place * ids / 2, (1 + place) * ids / 2)
      }`
    )
  ]),
  "ANALYZE"
]
