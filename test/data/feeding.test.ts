import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it, layer } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { join } from "node:path"
import { everyFinding } from "../../src/data/check/everyFinding.ts"
import { subscriptions } from "../../src/data/check/subscriptions.ts"
import { importFolders } from "../../src/data/import/importFolders.ts"
import * as Database from "../../src/services/database/Database.ts"
import { run } from "../support/captured.ts"
import { run as command } from "../support/commandLine.ts"
import { folderOf } from "../support/csv.ts"
import { dataDocument } from "../support/dataDocument.ts"
import { serverIn } from "../support/embeddedServer.ts"
import { eventually } from "../support/eventually.ts"
import { temporaryFolder } from "../support/folder.ts"
import { postgresTest, settingsOf } from "../support/Postgres.ts"

const text = dataDocument()

/** The blocks of code under a heading, up to the next heading of any level. */
const blocksUnder = (heading: string): ReadonlyArray<string> => {
  const [, rest = ""] = text.split(`\n${heading}\n`)
  const [section = ""] = rest.split(/\n#{2,3} /)
  return [...section.matchAll(/^( *)```\w+\n([^]*?)\n\1```/gm)].map(([, , code = ""]) => code)
}

const statementsIn = (block = "") => block.split(/;\s*(?:\n|$)/).filter((statement) => statement.trim() !== "")

const bySql = blocksUnder("## Feed the tables by SQL").map(statementsIn)

const crmRows = [
  "INSERT INTO app.users VALUES ('org_acme', 'user_a', 'Ana')",
  "INSERT INTO app.contacts VALUES ('org_acme', 1, 'user_a', 'Customer', 'web', '2024-01-01 10:00+00')",
  "INSERT INTO app.contacts VALUES ('org_acme', 2, 'user_a', 'NEW', 'web', '2024-01-02 10:00+00')"
]

const leads = SqlClient.SqlClient.use((sql) =>
  Effect.map(
    sql<{ readonly id: string; readonly status: string }>`SELECT lead_id AS id, status FROM crm.leads ORDER BY 1`,
    (rows) => rows.map(({ id, status }) => `${id} ${status}`)
  )
)

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("feeding the tables", (it) => {
  it.effect("the SQL in docs/data.md copies rows, updates them, removes deleted ones, and leaves no fault", () =>
    Effect.gen(function*() {
      const [tables = [], job = []] = bySql
      yield* run([...tables, ...crmRows, ...job])
      assert.deepStrictEqual(yield* leads, ["1 client", "2 lead"])
      assert.deepStrictEqual(yield* everyFinding, [])
      yield* run(["DELETE FROM app.contacts WHERE id = 1", "UPDATE app.contacts SET state = 'Lost in space'", ...job])
      assert.deepStrictEqual(yield* leads, ["2 Lost in space"])
      const found = yield* everyFinding
      assert.deepStrictEqual(found.map(({ kind }) => kind), ["no_client", "unknown_status"])
    }))

  it.effect("the nightly import in docs/data.md imports the rows that its query selects", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* run(["UPDATE app.contacts SET state = 'Lead'"])
      const [script = ""] = blocksUnder("## Feed the tables by a nightly import")
      const [, query = "", path = ""] = /copy \((SELECT .+)\) TO '(\S+)' CSV HEADER/.exec(script) ?? []
      const [row = {}] = yield* sql.unsafe<Record<string, string>>(
        `SELECT ${
          ["organization_id", "lead_id", "owner_id", "source", "status", "created_at"].map((column) =>
            `q.${column}::text`
          ).join(", ")
        } FROM (${query}) q`
      )
      const folder = yield* folderOf({ [path]: [Object.keys(row).join(), Object.values(row).join()] })
      yield* importFolders([join(folder, "nightly")])
      assert.deepStrictEqual(yield* leads, ["2 lead"])
    }))
})

it.live("the logical replication in docs/data.md goes on after a refused row, and the check reports its state", () =>
  Effect.gen(function*() {
    const { url } = yield* serverIn(yield* temporaryFolder, { wal_level: "logical" })
    const [publishing = "", subscribing = ""] = blocksUnder("## Feed the tables by logical replication")
    const [place = "", goingOn = "", resending = ""] = blocksUnder("### Go on after a refused row")
    yield* Effect.gen(function*() {
      yield* run(["CREATE DATABASE publisher"])
      const publisher = new URL(Redacted.value(url))
      publisher.pathname = "/publisher"
      const atCrm = Effect.provide(Database.clientOf(settingsOf(Redacted.make(publisher.href))))
      const onCrm = (statements: ReadonlyArray<string>) => atCrm(run(statements))
      yield* onCrm([
        ...statementsIn(publishing),
        "INSERT INTO crm.leads VALUES ('org_acme', '1', 'user_a', 'lead', '2024-01-01')"
      ])
      yield* run([subscribing.replace(/CONNECTION '[^']+'/, `CONNECTION '${publisher.href}'`).replace(/;$/, "")])
      const arrived = (count: number) => eventually(leads, (rows) => rows.length === count)
      assert.deepStrictEqual(yield* arrived(1), ["1 lead"])
      const states = (isRunning: boolean) =>
        eventually(subscriptions, (found) => found.every((one) => one.isRunning === isRunning))
      assert.match((yield* states(true))[0]?.text ?? "", /^the subscription crm_reports has a worker, /)
      yield* onCrm(["INSERT INTO crm.leads VALUES ('org_acme', '2', 'user_a', '~refused', '2024-01-01')"])
      yield* onCrm(["INSERT INTO crm.leads VALUES ('org_acme', '3', 'user_a', 'lead', '2024-01-01')"])
      const [stopped] = yield* states(false)
      assert.match(
        stopped?.text ?? "",
        /^the subscription crm_reports is disabled, after 1 error .+: docs\/data\.md says how to go on/
      )
      const checked = yield* command(["check"], { DATABASE_URL: Redacted.value(url) })
      assert.include(checked.out, "fault  the subscription crm_reports is disabled")
      assert.strictEqual(checked.code, 1)
      const found = yield* atCrm(
        SqlClient.SqlClient.use((sql) => sql.unsafe<{ readonly place: string }>(place.replace(/;$/, "")))
      )
      const lsn = found[0]?.place ?? ""
      yield* run(statementsIn(goingOn.replace("0/1A2B3C4", lsn)))
      assert.deepStrictEqual(yield* arrived(2), ["1 lead", "3 lead"])
      yield* atCrm(SqlClient.SqlClient.use((sql) => sql.withTransaction(run(statementsIn(resending)))))
      assert.deepStrictEqual(yield* arrived(3), ["1 lead", "2 lead", "3 lead"])
      yield* states(true)
      yield* run(["DROP SUBSCRIPTION crm_reports"])
    }).pipe(Effect.provide(Database.layerOf(settingsOf(url))))
  }))
