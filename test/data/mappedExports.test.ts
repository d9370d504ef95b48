import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { importMapped } from "../../src/data/import/mapping/importMapped.ts"
import { mappingOf } from "../../src/data/import/mapping/loadMapping.ts"
import { folderOf } from "../support/csv.ts"
import { type ExportCase, tallied } from "../support/exportFiles/countedExport.ts"
import { hubspot } from "../support/exportFiles/hubspot.ts"
import { pipedrive } from "../support/exportFiles/pipedrive.ts"
import { salesforce } from "../support/exportFiles/salesforce.ts"
import { twenty } from "../support/exportFiles/twenty.ts"
import { postgresTest } from "../support/Postgres.ts"
import { readTables, written } from "../support/readTables.ts"

const month = (column: string) => `to_char(${column} AT TIME ZONE o.time_zone, 'YYYY-MM')`

const from = (table: string) =>
  `FROM crm.${table} t JOIN crm.organizations o USING (organization_id)
  WHERE o.organization_id = $1`

const statements = [
  `SELECT 'lead ' || status || ' ' || ${month("created_at")} AS key, 1 AS value ${from("leads")}`,
  `SELECT 'won ' || coalesce(owner_id, '') || ' ' || ${month("closed_at")} AS key, 1 AS value
    ${from("deals")} AND status = 'won'`,
  `SELECT 'cents ' || coalesce(owner_id, '') || ' ' || ${month("closed_at")} AS key,
    (coalesce(price, 0) * 100)::int AS value ${from("deals")} AND status = 'won'`,
  `SELECT 'calls ' || direction || ' ' || outcome AS key, 1 AS value ${from("calls")}`,
  `SELECT 'seconds ' || direction || ' ' || outcome AS key, duration_seconds AS value ${from("calls")}`,
  `SELECT 'done ' || coalesce(owner_id, '') || ' ' || ${month("completed_at")} AS key, 1 AS value
    ${from("tasks")} AND completed_at IS NOT NULL`
]

const stored = Effect.fnUntraced(function*(organizationId: string) {
  const sql = yield* SqlClient.SqlClient
  const found = yield* Effect.forEach(
    statements,
    (text) => sql.unsafe<{ readonly key: string; readonly value: number }>(text, [organizationId])
  )
  return tallied(found.flat().map(({ key, value }) => [key, value] as const))
})

const imported = Effect.fnUntraced(function*({ files, preset, zone }: ExportCase) {
  return yield* importMapped([yield* folderOf(files)], yield* mappingOf({ preset }), {
    organization: { organization_id: `org_${preset}`, time_zone: zone, currency: "EUR" }
  })
})

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("exports of CRMs", (it) => {
  it.effect.each([hubspot, salesforce, pipedrive, twenty])(
    "the numbers of a messy export of $preset equal a count of its raw files",
    (one) =>
      Effect.gen(function*() {
        yield* imported(one)
        const expected = one.expected()
        assert.isAbove(Object.keys(expected).length, 15)
        assert.deepStrictEqual(yield* stored(`org_${one.preset}`), expected)
        const before = written(yield* readTables)
        yield* imported(one)
        assert.deepStrictEqual(written(yield* readTables), before)
      })
  )

  it.effect("the lead of a deal, the stays, and the first call of a lead are found in other files", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* imported(salesforce)
      const [deal] = yield* sql`SELECT lead_id FROM crm.deals WHERE deal_id = '006000000000004AAA'`
      assert.deepStrictEqual(deal, { lead_id: "00Q000000000004AAA" })
      const stays = yield* sql`SELECT status, started_at, ended_at FROM crm.lead_status_spells ORDER BY started_at`
      assert.deepStrictEqual(stays.map((row) => row["status"]), ["lead", "potential", "bad_timing"])
      assert.deepStrictEqual(stays[0]?.["started_at"], new Date("2024-02-01T05:00:00Z"))
      assert.deepStrictEqual(stays.map((row) => row["ended_at"]), [
        new Date("2024-06-01T10:00:00Z"),
        new Date("2024-06-02T10:00:00Z"),
        null
      ])
      const calls = yield* sql`
        SELECT l.first_call_at = min(c.started_at) AS "isFirst" FROM crm.leads l
        JOIN crm.calls c USING (organization_id, lead_id) WHERE c.direction = 'outbound'
        GROUP BY l.organization_id, l.lead_id
      `
      assert.isAbove(calls.length, 3)
      assert.isTrue(calls.every((row) => row["isFirst"]))
    }))

  it.effect("a person of an export gets the id in user-ids.csv, or an id of the own name with a warning", () =>
    Effect.gen(function*() {
      const { preview } = yield* imported(hubspot)
      const sql = yield* SqlClient.SqlClient
      const people = yield* sql`SELECT user_id, name FROM crm.members WHERE organization_id = 'org_hubspot' ORDER BY 1`
      assert.deepStrictEqual(people, [
        { user_id: "crm:bo lund", name: "Bo Lund" },
        { user_id: "user_ana", name: "ANA RUIZ" }
      ])
      assert.include(preview, "48 values name Bo Lund, who is not in user-ids.csv and gets the id crm:bo lund")
    }))
})
