import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it, layer } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { importFolders } from "../../src/data/import/importFolders.ts"
import { run, runProcess } from "../support/commandLine.ts"
import { everyTable, folderOf } from "../support/csv.ts"
import { say } from "../support/locks.ts"
import { emptyDatabase, freshDatabase, postgresTest } from "../support/Postgres.ts"
import { readTables } from "../support/readTables.ts"

const organizations = ["organization_id,name,time_zone", "org_a,Acme,America/New_York"]
const noTime = "is not a time such as 2024-02-29T10:00:00Z or a date such as 2024-02-29"
const leadHeader = "organization_id,lead_id,owner_id,assignee_ids,status,created_at"

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("an import", (it) => {
  it.effect("an import reports the faults of all files at once and writes nothing", () =>
    Effect.gen(function*() {
      const folder = yield* folderOf({
        "organizations.csv": organizations,
        "members.csv": ["organization_id,name,nick", "org_a,Ana,a"],
        "leads.csv": [leadHeader, "org_a,l1,,,,soon", "org_a,l2,,,lead,2024-01-01", "org_b,l2,,,lead,2024-01-01"],
        "calls.csv": "",
        "extra.csv": ""
      })
      const { message } = yield* Effect.flip(importFolders([folder]))
      const lines = message.replaceAll(folder, "FOLDER").split("\n")
      assert.deepStrictEqual(lines.map((line) => line.replace(/^(\S+( \S+)?): .*$/, "$1")), [
        "FOLDER/extra.csv",
        "FOLDER/members.csv:1 \"nick\"",
        "FOLDER/members.csv:1 user_id",
        "FOLDER/leads.csv:2 status",
        "FOLDER/leads.csv:2 created_at",
        "FOLDER/leads.csv:4 organization_id",
        "FOLDER/calls.csv"
      ])
      assert.isTrue(Object.values(yield* readTables).every((rows) => rows.length === 0))
    }))

  it.effect("an import reports faults of one kind in one line with their number and the first row", () =>
    Effect.gen(function*() {
      const rows = Array.from({ length: 5_000 }, (_, index) => `org_a,l${index},,,lead,soon${index}`)
      const folder = yield* folderOf({
        "organizations.csv": organizations,
        "leads.csv": [leadHeader, ...rows, "org_b,a,,,lead,2024-01-01", "org_c,a,,,,2024-01-01"]
      })
      const { message } = yield* Effect.flip(importFolders([folder]))
      assert.deepStrictEqual(message.replaceAll(folder, "FOLDER").split("\n"), [
        `FOLDER/leads.csv:2 created_at: "soon0" ${noTime} (and 4,999 more rows)`,
        "FOLDER/leads.csv:5003 status: must not be empty",
        "FOLDER/leads.csv:5002 organization_id: \"org_b\" is in no organizations file and not in the database"
      ])
    }))

  it.effect("an import stops after 100 kinds of faults and prints that there may be more", () =>
    Effect.gen(function*() {
      const columns = Array.from({ length: 150 }, (_, index) => `column_${index}`)
      const folder = yield* folderOf({ "leads.csv": [leadHeader, ...columns].join() })
      const lines = (yield* Effect.flip(importFolders([folder]))).message.split("\n")
      assert.lengthOf(lines, 101)
      assert.include(lines[99], "leads.csv:1 \"column_99\"")
      assert.strictEqual(lines[100], "stopped after 100 kinds of faults; there may be more")
    }))

  it.effect("an import reads a date without a time as the start of the day in the organization's time zone", () =>
    Effect.gen(function*() {
      yield* importFolders([
        yield* folderOf({
          "organizations.csv": organizations,
          "leads.csv": [leadHeader, "org_a,l1,user_1,,lead,2024-03-10", "org_a,l2,user_1,,lead,2024-03-11"]
        })
      ])
      const sql = yield* SqlClient.SqlClient
      const rows = yield* sql`SELECT created_at FROM crm.leads WHERE organization_id = 'org_a' ORDER BY lead_id`
      assert.deepStrictEqual(rows.map((row) => row["created_at"]), [
        new Date("2024-03-10T05:00:00Z"),
        new Date("2024-03-11T04:00:00Z")
      ])
    }))

  it.effect("an import reads files with semicolons and decimal commas", () =>
    Effect.gen(function*() {
      yield* importFolders([
        yield* folderOf({
          "organizations.csv": ["organization_id;name", "org_s;\"Semi; colon\""],
          "deals.csv": [
            "organization_id;deal_id;owner_id;stage;status;price;currency;created_at",
            "org_s;d1;u1;offer;open;1234,5;EUR;2024-01-01"
          ]
        })
      ])
      const sql = yield* SqlClient.SqlClient
      const [row] = yield* sql`
        SELECT d.price, o.name FROM crm.deals d JOIN crm.organizations o USING (organization_id)
        WHERE d.organization_id = 'org_s'
      `
      assert.deepStrictEqual(row, { price: "1234.50", name: "Semi; colon" })
    }))

  it.effect("an import lists rows that are not counted, and statuses that are similar to a known status", () =>
    Effect.gen(function*() {
      const { uncounted } = yield* importFolders([
        yield* folderOf({
          "organizations.csv": ["organization_id,name", "org_u,Uncounted"],
          "members.csv": ["organization_id,user_id,name", "org_u,user_1,Ana"],
          "leads.csv": [
            leadHeader,
            "org_u,l1,user_1,,lead,2024-01-01",
            "org_u,l2,,,Lead,2024-01-01",
            "org_u,l3,stranger,,bad timing,2024-01-01",
            "org_u,l4,stranger,user_1,on_hold,2024-01-01"
          ],
          "lead_status_spells.csv": ["organization_id,lead_id,status,started_at", "org_u,l9,lead,2024-01-01"],
          "deals.csv": [
            "organization_id,deal_id,owner_id,stage,status,currency,created_at",
            "org_u,d1,user_1,offer,won,EUR,2024-01-01"
          ],
          "emails.csv": ["organization_id,email_id,direction,sent_at", "org_u,e1,inbound,2024-01-01"]
        })
      ])
      assert.deepStrictEqual(uncounted, [
        "org_u leads: 1 row has no owner and no assignee, so only admins can count it",
        "org_u leads: 1 row belongs to people who are in no members file, such as \"stranger\"",
        "org_u leads: 1 row has the status \"Lead\", which is counted apart from \"lead\"",
        "org_u leads: 1 row has the status \"bad timing\", which is counted apart from \"bad_timing\"",
        "org_u leads: 1 row has a status that no metric knows: \"on_hold\"",
        "org_u lead_status_spells: 1 row names a lead_id that is not in leads, such as \"l9\"",
        "org_u deals: 1 row is won or lost without closed_at, so no metric of won or lost deals counts it",
        "org_u deals: 1 row is won without a price, which counts as 0 in sums",
        "org_u emails: 1 row has no owner, so only admins can count it",
        "org_u emails: 1 row has no thread_id, so the reply rate leaves it out"
      ])
    }))

  it.effect("a dry run of an import lists rows that are not counted, and writes nothing", () =>
    Effect.gen(function*() {
      const before = yield* readTables
      const csv = {
        "organizations.csv": ["organization_id,name", "org_dry,Dry"],
        "leads.csv": [leadHeader, "org_dry,l1,,,lead,2024-01-01"]
      }
      const { files, uncounted } = yield* importFolders([yield* folderOf(csv)], { isDryRun: true })
      assert.deepStrictEqual(files.map(({ count }) => count), [1, 1])
      assert.deepStrictEqual(uncounted, [
        "org_dry organizations: no person is a member, so nobody can count rows as a member",
        "org_dry leads: 1 row has no owner and no assignee, so only admins can count it"
      ])
      assert.deepStrictEqual(yield* readTables, before)
    }))
})

it.live("the import command with --dry-run and a folder named no lists rows that are not counted", () =>
  Effect.gen(function*() {
    const DATABASE_URL = Redacted.value(yield* freshDatabase)
    const cwd = yield* folderOf({
      "no/organizations.csv": organizations,
      "no/leads.csv": [leadHeader, "org_a,l1,,,lead,2024-01-01"]
    })
    const { code, out } = yield* runProcess(["import", "--dry-run", "no"], { DATABASE_URL }, { cwd })
    assert.strictEqual(code, 0)
    assert.match(
      out,
      /^org_a: no lead has the status "client", [^\n]+\nChecked, and changed nothing: 2 rows in [^\n]+\nThese rows are not counted[^\n]+\n {2}org_a organizations: no person is a member[^\n]+\n {2}org_a leads: 1 row has no owner[^\n]+\n$/
    )
  }))

it.live("a dry run of an import on a server without the tables is refused, and makes no tables", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const args = ["import", "--dry-run", yield* folderOf(everyTable)]
    const { code, err } = yield* run(args, { DATABASE_URL: Redacted.value(url) })
    assert.match(err, /^crm-reports: \d+ migrations are missing: run them with npm run migrate\n$/)
    assert.strictEqual(code, 1)
    assert.deepStrictEqual((yield* say(url, "SELECT 1 FROM pg_namespace WHERE nspname = 'crm'")).rows, [])
  }))

it.live("a dry run of an import says that one migration is missing", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    yield* say(
      url,
      "DELETE FROM crm_report_migrations WHERE migration_id = (SELECT max(migration_id) FROM crm_report_migrations)"
    )
    const DATABASE_URL = Redacted.value(url)
    const { err } = yield* run(["import", "--dry-run", yield* folderOf(everyTable)], { DATABASE_URL })
    assert.strictEqual(err, "crm-reports: 1 migration is missing: run it with npm run migrate\n")
  }))
