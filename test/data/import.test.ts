import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it, layer } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { demoTables } from "../../src/data/demo.ts"
import { importFolders } from "../../src/data/import/importFolders.ts"
import { contract, type Tables } from "../../src/metrics/crm.ts"
import { run } from "../support/commandLine.ts"
import { everyTable, folderOf, withValue } from "../support/csv.ts"
import { exported } from "../support/exported.ts"
import { folderWithDatabase } from "../support/folderWithDatabase.ts"
import { freshDatabase, postgresTest } from "../support/Postgres.ts"
import { now, randomTables } from "../support/randomTables.ts"
import { readTables, written } from "../support/readTables.ts"
import { clerkSettings, makeKeyPair } from "../support/Tokens.ts"

const at = (text: string) => Date.parse(text)

const demo = demoTables({ seed: 5, now, leads: 300 })

/** An empty CSV value means null, so an empty string becomes null. */
const withoutEmptyReasons = (tables: Tables): Tables => ({
  ...tables,
  deals: tables.deals.map((deal) => deal.lostReason === "" ? { ...deal, lostReason: null } : deal)
})

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("an import", (it) => {
  it.effect("an import writes every table, and a second import changes nothing", () =>
    Effect.gen(function*() {
      const folder = yield* folderOf(everyTable)
      const { files } = yield* importFolders([folder])
      assert.deepStrictEqual(files.map(({ count, table }) => `${table} ${count}`), [
        "organizations 1",
        "members 2",
        "tags 1",
        "leads 2",
        "lead_status_spells 1",
        "deals 2",
        "deal_shares 1",
        "tasks 1",
        "calls 1",
        "emails 1"
      ])
      const found = yield* readTables
      yield* importFolders([folder])
      assert.deepStrictEqual(written(yield* readTables), written(found))
      const [first, second] = found["leads"] ?? []
      assert.deepInclude(first, {
        assigneeIds: ["user_1", "user_2"],
        tagIds: ["00000000-0000-4000-8000-00000000000a"],
        createdAt: at("2024-01-01T10:00:00.123Z"),
        firstCallAt: null
      })
      assert.deepInclude(second, { ownerId: null, assigneeIds: [], tagIds: [], createdAt: at("2024-01-01T08:00:00Z") })
      assert.deepInclude(found["deals"]?.[0], { price: -5n, commissionPercent: 31_234n, commissionAmount: null })
      assert.deepInclude(found["deals"]?.[1], { price: 9_999_999_999_999_999n, closedAt: null, lostReason: "Too far" })
    }))

  it.effect("an import of existing rows changes only the columns in the file", () =>
    Effect.gen(function*() {
      yield* importFolders([yield* folderOf(everyTable)])
      yield* importFolders([
        yield* folderOf({
          "leads.csv": ["status,lead_id,organization_id,created_at", "client,l1,org_a,2024-01-01T00:00:00Z"]
        })
      ])
      const sql = yield* SqlClient.SqlClient
      const rows = yield* sql`SELECT lead_id, status, owner_id FROM crm.leads ORDER BY lead_id`
      assert.deepStrictEqual(rows, [
        { lead_id: "l1", status: "client", owner_id: "user_1" },
        { lead_id: "l2", status: "on_hold", owner_id: null }
      ])
    }))

  it.effect("after an import, PostgreSQL has statistics of every CRM table", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* importFolders([yield* folderOf(everyTable)])
      const [known] = yield* sql`
        SELECT count(DISTINCT tablename)::int AS tables FROM pg_stats WHERE schemaname = 'crm'
      `
      assert.deepStrictEqual(known, { tables: Object.keys(contract).length })
    }))

  it.effect("an import reads CSV with a byte order mark, CRLF, quoted commas, quoted line breaks and long values", () =>
    Effect.gen(function*() {
      const long = "é".repeat(70_000)
      const rows = ["org_q,\"Quo, \"\"te\"\"\r\nand so on\"", `org_r,${long}`]
      yield* importFolders([
        yield* folderOf({ "organizations.csv": `\ufefforganization_id,name\r\n${rows.join("\r\n")}` })
      ])
      const sql = yield* SqlClient.SqlClient
      const found = yield* sql`
        SELECT name, time_zone, week_start, currency FROM crm.organizations
        WHERE organization_id IN ('org_q', 'org_r') ORDER BY organization_id
      `
      const defaults = { time_zone: "UTC", week_start: 1, currency: "EUR" }
      assert.deepStrictEqual(found, [{ name: "Quo, \"te\"\r\nand so on", ...defaults }, { name: long, ...defaults }])
    }))

  it.effect(
    "an import of CSV files with all tables of a CRM stores exactly these tables",
    () =>
      Effect.forEach(
        [...Array.from({ length: 25 }, (_, seed) => randomTables(seed)), demo],
        (tables) =>
          Effect.gen(function*() {
            const sql = yield* SqlClient.SqlClient
            yield* Effect.forEach(Object.values(contract), ({ name }) => sql`DELETE FROM ${sql(`crm.${name}`)}`)
            yield* importFolders([yield* folderOf(exported(tables))])
            assert.deepStrictEqual(written(yield* readTables), written(withoutEmptyReasons(tables)))
          })
      )
  )

  it.effect("an import names the lines of rows that a database constraint refuses", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* sql`ALTER TABLE crm.tags ADD CONSTRAINT no_grey CHECK (color <> 'grey')`
      const folder = yield* folderOf(withValue("tags.csv", "color", "grey"))
      const { message } = yield* Effect.flip(importFolders([folder]))
      assert.match(message, /tags\.csv:2-2: the database refuses a row \(.*no_grey.*\)$/)
    }))

  it.effect("an import of several folders writes the organizations of all folders before other rows", () =>
    Effect.gen(function*() {
      const one = yield* folderOf({ "members.csv": ["organization_id,user_id,name", "org_late,u1,U"] })
      const other = yield* folderOf({ "organizations.csv": ["organization_id,name", "org_late,Late"] })
      assert.lengthOf((yield* importFolders([one, other])).files, 2)
    }))
})

it.live("the import command prints the number of rows per table and exits with 0", () =>
  Effect.gen(function*() {
    const url = Redacted.value(yield* freshDatabase)
    const env = { DATABASE_URL: url, DEVELOPMENT_SIGN_IN: "true" }
    const ended = yield* run(["import", yield* folderOf(everyTable)], env)
    assert.match(
      ended.out,
      /^org_a: no lead has the status "client", [^\n]+\nImported 13 rows in [\dms ]+: organizations 1, members 2, .*, emails 1\n/
    )
    assert.match(
      ended.out,
      /\nLook at it: npm start, then npm run -s token -- --org org_a --user user_1 --role admin\n$/
    )
    assert.strictEqual(ended.code, 0)
  }))

it.live("the import command names a person in a form that a shell reads, and no token for a sign-in by Clerk", () =>
  Effect.gen(function*() {
    const url = Redacted.value(yield* freshDatabase)
    const folder = yield* folderOf({
      "organizations.csv": ["organization_id,name", "org b,B"],
      "members.csv": ["organization_id,user_id,name", "org b,o'neil,Ona"]
    })
    const development = yield* run(["import", folder], { DATABASE_URL: url, DEVELOPMENT_SIGN_IN: "true" })
    assert.include(development.out, "token -- --org 'org b' --user 'o'\\''neil' --role admin\n")
    const clerk = yield* run(["import", folder], { DATABASE_URL: url, ...clerkSettings(makeKeyPair().publicPem) })
    assert.match(clerk.out, /\nLook at it: npm start, then sign in as a person of the organization\n$/)
  }))

it.live("the import command prints an invalid value in one line and exits with 1", () =>
  Effect.gen(function*() {
    const url = Redacted.value(yield* freshDatabase)
    const folder = yield* folderOf(withValue("deals.csv", "status", "maybe"))
    const ended = yield* run(["import", folder], { DATABASE_URL: url })
    assert.include(ended.err, `crm-reports: ${folder}/deals.csv:2 status: "maybe" is not open, won or lost\n`)
    assert.strictEqual(ended.out, "")
    assert.strictEqual(ended.code, 1)
  }))

it.live(
  "the import command without DATABASE_URL writes to the embedded database",
  () =>
    Effect.gen(function*() {
      const env = { DATA_FOLDER: yield* folderWithDatabase }
      const folder = yield* folderOf(everyTable)
      assert.strictEqual((yield* run(["import", folder], env)).code, 0)
      assert.match((yield* run(["import", folder], env)).out, /^Imported 13 rows/m)
    })
)

const members = ["organization_id,user_id,name", "org_a,user_1,Ana"]

it.live("the help of the token command lists imported people", () =>
  Effect.gen(function*() {
    const env = { DATA_FOLDER: yield* folderWithDatabase }
    assert.strictEqual(
      (yield* run(["import", yield* folderOf({ ...everyTable, "members.csv.gz": members })], env)).code,
      0
    )
    const help = yield* run(["token", "--help"], env)
    assert.match(help.out, /org_a \(Acme\)\n {2}user_1 {2}Ana\n/)
    assert.match((yield* run(["token", "--user", "user_1"], env)).err, /org_demo is no organization of the database/)
    assert.strictEqual((yield* run(["token", "--org", "org_a", "--user", "user_1"], env)).err, "")
  }))
