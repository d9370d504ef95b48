import { assert, layer } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { SqlClient } from "effect/sql"
import { postgresTest } from "../support/Postgres.ts"

const at = new Date("2026-05-01T10:00:00.000Z")
const before = new Date("2026-04-01T10:00:00.000Z")

const rows: Record<string, Record<string, unknown>> = {
  organizations: { name: "Org" },
  members: { user_id: "u", name: "Ana" },
  tags: { tag_id: "00000000-0000-4000-8000-000000000001", name: "Hot", color: "red" },
  leads: { lead_id: "l", status: "lead", created_at: at },
  lead_status_spells: { lead_id: "l", status: "lead", started_at: at },
  deals: { deal_id: "d", stage: "offer", status: "open", currency: "EUR", created_at: at },
  deal_shares: { deal_id: "d", share_id: "s", party: "agent", name: "Ana", mode: "percent" },
  tasks: { task_id: "t", created_at: at },
  calls: { call_id: "c", direction: "inbound", outcome: "success", duration_seconds: 0, started_at: at },
  emails: { email_id: "e", direction: "inbound", sent_at: at }
}

const keys = [
  ["members", "user_id"],
  ["leads", "owner_id"],
  ["leads", "lead_type"],
  ["leads", "source"],
  ["leads", "status"],
  ["lead_status_spells", "status"],
  ["deals", "owner_id"],
  ["deals", "stage"],
  ["deals", "lost_reason"],
  ["deal_shares", "user_id"],
  ["tasks", "owner_id"],
  ["calls", "owner_id"],
  ["calls", "direction"],
  ["calls", "outcome"],
  ["emails", "owner_id"],
  ["emails", "direction"]
] as const

const ours = ["~none", " ~other", "\u00a0\t~x", "bucket", " partial ", "__proto__", "\ufeff__proto__\n"]
const theirs = ["Bucket list", "a~b", "partial payment", "proto", "", " padded ", "ünï", "constructor"]

const insert = Effect.fnUntraced(function*(table: string, columns: Record<string, unknown>) {
  const sql = yield* SqlClient.SqlClient
  const row = { organization_id: crypto.randomUUID(), ...rows[table], ...columns }
  return yield* sql`INSERT INTO ${sql(`crm.${table}`)} ${sql.insert(row)}`
}, Effect.exit)

const refused = (table: string, columns: Record<string, unknown>) =>
  Effect.map(insert(table, columns), (exit) => assert.isTrue(Exit.isFailure(exit), JSON.stringify(columns)))

const stored = (table: string, columns: Record<string, unknown>) =>
  Effect.map(insert(table, columns), (exit) => assert.deepStrictEqual(exit, Exit.succeed([])))

layer(postgresTest, { excludeTestServices: true })("the CRM contract", (it) => {
  it.effect.each(Object.keys(rows))(
    "the table %s accepts a row with only its required columns",
    (table) => stored(table, {})
  )

  it.effect.each(keys)(
    "the column %s.%s refuses reserved words such as ~none, but not similar values",
    ([table, column]) =>
      Effect.gen(function*() {
        yield* Effect.forEach(ours, (value) => refused(table, { [column]: value }))
        yield* Effect.forEach(theirs, (value) => stored(table, { [column]: value }))
      })
  )

  it.effect.each(["leads", "deals", "tasks"])(
    "%s.assignee_ids refuses reserved words and NULL as elements",
    (table) =>
      Effect.gen(function*() {
        yield* Effect.forEach(ours, (value) => refused(table, { assignee_ids: ["a", value] }))
        yield* refused(table, { assignee_ids: [null, "a"] })
        yield* stored(table, { assignee_ids: ["a", "a~b", "x\ny"] })
        yield* stored(table, { assignee_ids: [] })
      })
  )

  it.effect("a lead with fifty assignees and an owner, source, status and type of maximum length is accepted", () =>
    stored("leads", {
      organization_id: "o".repeat(100),
      owner_id: "p".repeat(100),
      assignee_ids: Array.from({ length: 50 }, () => `user_${crypto.randomUUID().replaceAll("-", "").slice(0, 27)}`),
      source: "s".repeat(255),
      status: "t".repeat(64),
      lead_type: "u".repeat(64),
      first_call_at: at
    }))

  it.effect("a lead with 80 assignees is refused, because they do not fit into an index entry", () =>
    refused("leads", { assignee_ids: Array.from({ length: 80 }, () => crypto.randomUUID()) }))

  it.effect("deals.status refuses unknown values, and similar columns such as leads.status accept them", () =>
    Effect.gen(function*() {
      yield* refused("deals", { status: "paused" })
      yield* stored("leads", { status: "nurturing", lead_type: "landlord" })
      yield* stored("deals", { stage: "escrow", commission_mode: "barter" })
      yield* stored("calls", { outcome: "voicemail", direction: "sideways" })
    }))

  it.effect("a row whose end is before its start is accepted", () =>
    Effect.gen(function*() {
      yield* stored("deals", { closed_at: before })
      yield* stored("lead_status_spells", { ended_at: before })
      yield* stored("tasks", { due_at: before, completed_at: before })
      yield* stored("leads", { first_call_at: before })
    }))

  it.effect("a deal that refers to a missing lead is accepted", () => stored("deals", { lead_id: "nobody" }))

  it.effect.each(
    [
      ["deals", { currency: "eur" }],
      ["deals", { currency: "EURO" }],
      ["organizations", { currency: "€" }],
      ["organizations", { week_start: 0 }],
      ["organizations", { week_start: 8 }],
      ["calls", { duration_seconds: -1 }]
    ] as const
  )("the table %s refuses a row with %j", ([table, columns]) => refused(table, columns))

  it.effect("NaN as an amount and infinity as a time are refused", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* stored("deals", {})
      yield* stored("leads", {})
      const statements = [
        "UPDATE crm.deals SET price = 'NaN'",
        "UPDATE crm.deals SET commission_percent = 'NaN'",
        "UPDATE crm.leads SET created_at = 'infinity'"
      ]
      const exits = yield* Effect.forEach(statements, (statement) => Effect.exit(sql.unsafe(statement)))
      assert.isTrue(exits.every(Exit.isFailure))
    }))

  it.effect("an organization without settings gets the default time zone, week start and currency", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* insert("organizations", { organization_id: "plain" })
      const found = yield* sql`
        SELECT time_zone, week_start, currency FROM crm.organizations WHERE organization_id = 'plain'`
      assert.deepStrictEqual(found, [{ time_zone: "UTC", week_start: 1, currency: "EUR" }])
    }))

  it.effect("the first column of every index in the schema crm is organization_id", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const stray = yield* sql`
        SELECT indexdef FROM pg_indexes
        WHERE schemaname = 'crm' AND indexdef NOT LIKE '%(organization_id%'`
      assert.deepStrictEqual(stray, [])
    }))
})
