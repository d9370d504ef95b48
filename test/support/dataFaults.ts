import { assert } from "@effect/vitest"
import type { Finding } from "../../src/data/check/Kind.ts"

/** Statements that put one fault into the rows of `org_ok`, the kind of the fault, and the number of rows with it. */
export interface DataFault {
  readonly kind: string
  readonly statements: ReadonlyArray<string>
  readonly count?: number
  /** The tables refuse the rows with this error, until the statement in `allowing` has changed them. */
  readonly refusal?: { readonly error: string; readonly allowing: string }
  /** The table, if it is another than that of the first statement. */
  readonly table?: string
}

const time = "'2024-03-01 10:00+00'"

const wonValue = "deals.won_value_over_time"

/** The filters of each target differ, because an owner has one target for a metric, filters, and a period. */
const aTarget = (metricId: string, owner: string, key: string, currency: string | null = "'EUR'") =>
  `INSERT INTO crm_report_targets VALUES ('org_ok', gen_random_uuid(), '${metricId}', '{}', gen_random_uuid(), '${owner}',
    'month', '{"${key}": 1}', ${currency}, now(), now())`

/** These rows have no fault. */
export const soundRows: ReadonlyArray<string> = [
  "INSERT INTO crm.organizations VALUES ('org_ok', 'Ok', 'Europe/Madrid', 1, 'EUR')",
  "INSERT INTO crm.members VALUES ('org_ok', 'user_a', 'Ana', NULL), ('org_ok', 'user_b', 'Bo', NULL)",
  "INSERT INTO crm.tags VALUES ('org_ok', '00000000-0000-4000-8000-00000000000a', 'Hot', 'red', NULL)",
  `INSERT INTO crm.leads VALUES
    ('org_ok', 'l1', 'user_a', '{user_b}', '{00000000-0000-4000-8000-00000000000a}', 'buyer', 'web', 'client', ${time}, ${time}),
    ('org_ok', 'l2', 'user_b', '{}', '{}', NULL, NULL, 'lead', ${time}, NULL)`,
  `INSERT INTO crm.lead_status_spells VALUES ('org_ok', 'l1', 'lead', ${time}, '2024-03-02'),
    ('org_ok', 'l1', 'client', '2024-03-02', NULL)`,
  `INSERT INTO crm.deals VALUES
    ('org_ok', 'd1', 'l1', 'user_a', '{}', 'offer', 'won', NULL, 100, 'EUR', 'percent', 3, NULL, ${time}, '2024-03-05', NULL),
    ('org_ok', 'd2', 'l2', 'user_a', '{}', 'offer', 'lost', 'Price', 100, 'EUR', NULL, NULL, NULL, ${time}, '2024-03-05', NULL),
    ('org_ok', 'd3', 'l2', 'user_a', '{}', 'viewing', 'open', NULL, 100, 'EUR', NULL, NULL, NULL, ${time}, NULL, '2099-01-01')`,
  "INSERT INTO crm.deal_shares VALUES ('org_ok', 'd1', 's1', 'agent', 'user_a', 'Ana', 'percent', 50, NULL)",
  `INSERT INTO crm.tasks VALUES ('org_ok', 't1', 'l1', 'user_a', '{}', ${time}, '2099-01-01', NULL)`,
  `INSERT INTO crm.calls VALUES ('org_ok', 'c1', 'l1', 'user_a', 'outbound', 'success', 60, ${time}),
    ('org_ok', 'c2', 'l1', 'user_a', 'inbound', 'busy', 0, ${time})`,
  `INSERT INTO crm.emails VALUES ('org_ok', 'e1', 'l1', 'user_a', 'thread', 'outbound', ${time})`,
  aTarget(wonValue, "user_a", "2026-10"),
  aTarget(wonValue, "organization", "2026"),
  aTarget("deals.win_rate", "user_b", "2026-Q4", null)
]

const set = (table: string, change: string, where = "true") =>
  `UPDATE crm.${table} SET ${change} WHERE ${where} AND organization_id = 'org_ok'`

const checked = (table: string, column: string) => ({
  error: `violates check constraint "${table}_${column}_check"`,
  allowing: `ALTER TABLE crm.${table} DROP CONSTRAINT ${table}_${column}_check`
})

const aCall = (id: number) =>
  `INSERT INTO crm.calls VALUES ('org_ok', 'x${id}', 'l1', 'user_a', 'outbound', 'success', 1, ${time})`

export const dataFaults: ReadonlyArray<DataFault> = [
  { kind: "unknown_time_zone", statements: [set("organizations", "time_zone = 'europe/madrid'")] },
  { kind: "unknown_currency", statements: [set("organizations", "currency = 'EUX'")] },
  { kind: "unknown_currency", statements: [set("deals", "currency = 'UKP'", "deal_id = 'd1'")] },
  { kind: "unknown_organization", statements: [set("leads", "organization_id = 'org_ok '", "lead_id = 'l2'")] },
  { kind: "unknown_organization", statements: [set("emails", "organization_id = 'org_ok_gone'")] },
  {
    kind: "no_members",
    statements: ["DELETE FROM crm.members WHERE organization_id = 'org_ok'"],
    table: "organizations"
  },
  {
    kind: "week_start",
    statements: [set("organizations", "week_start = 0")],
    refusal: checked("organizations", "week_start")
  },
  { kind: "no_client", statements: [set("leads", "status = 'potential'")], table: "organizations" },
  { kind: "nothing_won", statements: [set("deals", "status = 'lost'", "status = 'won'")], table: "organizations" },
  { kind: "nothing_lost", statements: [set("deals", "status = 'won'", "status = 'lost'")], table: "organizations" },
  {
    kind: "one_outcome",
    statements: [
      "DELETE FROM crm.calls WHERE organization_id = 'org_ok'",
      ...Array.from({ length: 10 }, (_, id) => aCall(id))
    ],
    table: "organizations"
  },
  { kind: "no_owner", statements: [set("leads", "owner_id = NULL", "lead_id = 'l2'")] },
  { kind: "no_owner", statements: [set("calls", "owner_id = NULL")], count: 2 },
  { kind: "unknown_person", statements: [set("tasks", "owner_id = 'user_z'")] },
  { kind: "person_spelled_otherwise", statements: [set("calls", "owner_id = 'User_A'", "call_id = 'c1'")] },
  { kind: "unknown_assignee", statements: [set("leads", "assignee_ids = '{user_b,user_z}'", "lead_id = 'l1'")] },
  {
    kind: "unknown_tag",
    statements: [set("leads", "tag_ids = '{00000000-0000-4000-8000-00000000000b}'", "lead_id = 'l2'")]
  },
  { kind: "unknown_color", statements: [set("tags", "color = 'rot'")] },
  {
    kind: "same_tag_name",
    statements: ["INSERT INTO crm.tags VALUES ('org_ok', '00000000-0000-4000-8000-00000000000c', ' hot', 'red', NULL)"],
    count: 2
  },
  { kind: "status_spelled_otherwise", statements: [set("leads", "status = 'Lead'", "lead_id = 'l2'")] },
  { kind: "unknown_status", statements: [set("leads", "status = 'CUSTOMER'", "lead_id = 'l2'")] },
  { kind: "unknown_outcome", statements: [set("calls", "outcome = 'Connected'", "call_id = 'c1'")] },
  { kind: "stage_spelled_otherwise", statements: [set("deals", "stage = 'Under Contract'", "deal_id = 'd1'")] },
  { kind: "unknown_lead_id", statements: [set("calls", "lead_id = 'l9'", "call_id = 'c1'")] },
  { kind: "unknown_lead_id", statements: [set("deals", "lead_id = 'l9'", "deal_id = 'd1'")] },
  { kind: "unknown_deal_id", statements: [set("deal_shares", "deal_id = 'd9'")] },
  { kind: "time_in_the_future", statements: [set("leads", "created_at = '2124-03-01'", "lead_id = 'l2'")] },
  { kind: "time_long_ago", statements: [set("emails", "sent_at = '1970-01-01'")] },
  {
    kind: "first_call_at_before_created_at",
    statements: [set("leads", "first_call_at = '2024-01-01'", "lead_id = 'l1'")]
  },
  { kind: "other_open_spell", statements: [set("leads", "status = 'lead'", "lead_id = 'l1'")] },
  {
    kind: "ended_before_started",
    statements: [set("lead_status_spells", "ended_at = '2024-02-01'", "status = 'lead'")]
  },
  { kind: "stay_not_ended", statements: [set("lead_status_spells", "ended_at = NULL", "status = 'lead'")] },
  {
    kind: "stays_overlap",
    statements: [set("lead_status_spells", "ended_at = '2024-03-09'", "status = 'lead'")]
  },
  { kind: "closed_without_time", statements: [set("deals", "closed_at = NULL", "deal_id = 'd1'")] },
  { kind: "won_without_price", statements: [set("deals", "price = NULL", "deal_id = 'd1'")] },
  { kind: "open_with_closed_at", statements: [set("deals", "status = 'open'", "deal_id = 'd2'")] },
  {
    kind: "unknown_deal_status",
    statements: [set("deals", "status = 'Won'", "deal_id = 'd1'")],
    refusal: checked("deals", "status")
  },
  { kind: "closed_at_before_created_at", statements: [set("deals", "closed_at = '2024-02-01'", "deal_id = 'd1'")] },
  { kind: "negative_price", statements: [set("deals", "price = -1", "deal_id = 'd1'")] },
  {
    kind: "price_not_a_number",
    statements: [set("deals", "price = 'NaN'", "deal_id = 'd1'")],
    refusal: checked("deals", "price")
  },
  { kind: "commission_percent_over_100", statements: [set("deals", "commission_percent = 300", "deal_id = 'd1'")] },
  { kind: "commission_percent_missing", statements: [set("deals", "commission_percent = NULL", "deal_id = 'd1'")] },
  { kind: "agent_without_user", statements: [set("deal_shares", "user_id = NULL")] },
  { kind: "unknown_agent", statements: [set("deal_shares", "user_id = 'user_z'")] },
  { kind: "percent_missing", statements: [set("deal_shares", "percent = NULL")] },
  {
    kind: "shares_over_100",
    statements: [
      "INSERT INTO crm.deal_shares VALUES ('org_ok', 'd1', 's2', 'agent', 'user_b', 'Bo', 'percent', 60, NULL)"
    ],
    count: 2
  },
  {
    kind: "completed_at_before_created_at",
    statements: [set("tasks", "completed_at = '2024-01-01'")]
  },
  { kind: "long_call", statements: [set("calls", "duration_seconds = 90000", "call_id = 'c1'")] },
  {
    kind: "negative_duration",
    statements: [set("calls", "duration_seconds = -5", "call_id = 'c1'")],
    refusal: checked("calls", "duration_seconds")
  },
  { kind: "no_thread", statements: [set("emails", "thread_id = NULL")] },
  {
    kind: "null",
    statements: [set("leads", "status = NULL", "lead_id = 'l2'")],
    refusal: {
      error: "null value in column \"status\" of relation \"leads\"",
      allowing: "ALTER TABLE crm.leads ALTER status DROP NOT NULL"
    }
  },
  { kind: "blank", statements: [set("leads", "source = ' '", "lead_id = 'l2'")] },
  { kind: "unknown_metric", statements: [aTarget("leads.gone", "user_a", "2026-10", null)], table: "targets" },
  { kind: "unknown_person", statements: [aTarget(wonValue, "user_z", "2026-10")], table: "targets" },
  {
    kind: "person_left",
    statements: [
      set("members", "left_at = '2026-10-01 12:00+00'", "user_id = 'user_b'"),
      aTarget(wonValue, "user_b", "2026-10"),
      aTarget(wonValue, "user_b", "2026-Q4"),
      aTarget(wonValue, "user_b", "2026-11"),
      aTarget(wonValue, "user_b", "2027-Q1"),
      aTarget(wonValue, "user_b", "2027")
    ],
    count: 3,
    table: "targets"
  },
  { kind: "other_currency", statements: [aTarget(wonValue, "organization", "2026", "'CHF'")], table: "targets" },
  { kind: "outer_blanks", statements: [set("leads", "source = 'web '", "lead_id = 'l2'")] }
]

export const tableOf = ({ statements: [first = ""], table }: DataFault) => table ?? /crm\.(\w+)/.exec(first)?.[1]

/** Asserts that the check names the fault in the organization once, with the number of rows, an example and a remedy. */
export const assertNamed = (findings: ReadonlyArray<Finding>, fault: DataFault, organization = "org_ok") => {
  const own = findings.filter(({ kind, organizationId, table }) =>
    kind === fault.kind && table === tableOf(fault) && organizationId?.startsWith(organization) === true
  )
  assert.deepStrictEqual(own.map(({ count }) => count), [fault.count ?? 1], `${fault.kind} of ${organization}`)
  const texts = own.flatMap(({ example, remedy, sentence }) => [example, sentence, remedy])
  for (const text of texts) assert.isNotEmpty(text)
}
