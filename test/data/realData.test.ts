import { assert, describe, layer } from "@effect/vitest"
import { Effect, Option } from "effect"
import { SqlClient } from "effect/sql"
import { findingsOf } from "../../src/data/check/findingsOf.ts"
import { importFolders } from "../../src/data/import/importFolders.ts"
import { isFull } from "../proof/storesFor.ts"
import type { PlainRow } from "../support/plainCsv.ts"
import {
  cents,
  folders,
  importedRealData,
  isThere,
  listed,
  organizationOf,
  rowsOf,
  statusOf,
  tally
} from "../support/realData.ts"

/** Runs the statement. Returns an object that maps each value of the column `key` to the value of `total`. */
const asked = Effect.fnUntraced(function*(statement: string) {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql.unsafe<{ readonly key: string; readonly total: bigint | string }>(statement)
  return Object.fromEntries(rows.map((row) => [row.key, Number(row.total)]).sort())
})

/** Outside of `.ci/full`, the largest organization is imported only once. */
const againImported = folders.filter((folder) => isFull || !folder.endsWith("org_itschool"))

const key = (column: string) => `organization_id || ' ' || ${column} AS key`

layer(importedRealData, { excludeTestServices: true })((it) => {
  describe.skipIf(!isThere)("real data", () => {
    it.effect.each(["organizations", "members", "tags", "leads", "lead_status_spells", "deals", "calls"])(
      "the table %s has one imported row for each line of the CSV files",
      (table) =>
        Effect.gen(function*() {
          const found = yield* asked(`SELECT organization_id AS key, count(*) AS total FROM crm.${table} GROUP BY 1`)
          assert.deepStrictEqual(found, tally(rowsOf(table), organizationOf))
        })
    )

    it.effect("the imported deals of each status have the same number and sum of prices as in the CSV files", () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(
          yield* asked(`SELECT ${key("status")}, count(*) AS total FROM crm.deals GROUP BY 1`),
          tally(rowsOf("deals"), statusOf)
        )
        assert.deepStrictEqual(
          yield* asked(`SELECT ${key("status")}, sum(coalesce(price, 0)) * 100 AS total FROM crm.deals GROUP BY 1`),
          tally(rowsOf("deals"), statusOf, cents)
        )
      }))

    it.effect("the imported won deals of org_maven have the number and value that the source of the data publishes", () =>
      Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const [won] = yield* sql`
          SELECT count(*)::int AS deals, sum(price)::text AS value FROM crm.deals
          WHERE organization_id = 'org_maven' AND status = 'won'
        `
        assert.deepStrictEqual(won, { deals: 4_238, value: "10005534.00" })
      }))

    it.effect("the won deals without a close date, and the deals that end before they begin, are as many as in the CSV files", () =>
      Effect.gen(function*() {
        const dayOf = (time = "") => time.slice(0, 10)
        const open = rowsOf("deals").filter((row) => row["status"] === "won" && row["closed_at"] === "")
        const early = rowsOf("deals").filter((row) =>
          row["closed_at"] !== "" && dayOf(row["closed_at"]) < dayOf(row["created_at"])
        )
        assert.strictEqual(open.length, 337)
        assert.deepStrictEqual(
          yield* asked(`
            SELECT 'open' AS key, count(*) AS total FROM crm.deals WHERE status = 'won' AND closed_at IS NULL
            UNION ALL SELECT 'early', count(*) FROM crm.deals
            WHERE (closed_at AT TIME ZONE 'UTC')::date < (created_at AT TIME ZONE 'UTC')::date`),
          { early: early.length, open: open.length }
        )
      }))

    it.effect("the CSV files and the imported leads have equal numbers of leads per status, assignee and tag", () =>
      Effect.gen(function*() {
        const leads = rowsOf("leads")
        assert.deepStrictEqual(
          yield* asked(`SELECT ${key("status")}, count(*) AS total FROM crm.leads GROUP BY 1`),
          tally(leads, statusOf)
        )
        for (const column of ["assignee_ids", "tag_ids"]) {
          assert.deepStrictEqual(
            yield* asked(`SELECT one::text AS key, count(*) AS total FROM crm.leads, unnest(${column}) one GROUP BY 1`),
            tally(leads.flatMap((row) => listed(row[column]).map((one) => ({ one }))), ({ one = "" }) => one)
          )
        }
      }))

    it.effect("the imported calls of each outcome have the same total duration as in the CSV files", () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(
          yield* asked(`SELECT ${key("outcome")}, sum(duration_seconds) AS total FROM crm.calls GROUP BY 1`),
          tally(
            rowsOf("calls"),
            (row) => `${organizationOf(row)} ${row["outcome"]}`,
            (row) => Number(row["duration_seconds"])
          )
        )
      }))

    it.effect("the imported spells of each status have the same total duration as in the CSV files", () =>
      Effect.gen(function*() {
        const lasted = (row: PlainRow) =>
          row["ended_at"] === "" ? 0 : (Date.parse(row["ended_at"] ?? "") - Date.parse(row["started_at"] ?? "")) / 1_000
        assert.deepStrictEqual(
          yield* asked(`
            SELECT ${key("status")}, sum(coalesce(extract(epoch FROM ended_at - started_at), 0)) AS total
            FROM crm.lead_status_spells GROUP BY 1`),
          tally(rowsOf("lead_status_spells"), statusOf, lasted)
        )
      }))

    it.effect("a check finds each fault of the CSV files with its number of rows, and nothing else", () =>
      Effect.gen(function*() {
        const found = yield* findingsOf(Option.none())
        const deals = rowsOf("deals")
        const days = (time = "") => Date.parse(time) / 86_400_000
        const of = (rows: ReadonlyArray<PlainRow>, isFaulty: (row: PlainRow) => boolean) => rows.filter(isFaulty).length
        const isNobodys = (row: PlainRow) => row["owner_id"] === "" && (row["assignee_ids"] ?? "") === ""
        const ofHelpdesk = (table: string) => of(rowsOf(table), (row) => organizationOf(row) === "org_helpdesk")
        assert.deepStrictEqual(
          found.map(({ count, kind, organizationId, table }) => `${organizationId} ${table} ${kind} ${count}`).sort(),
          [
            "org_helpdesk organizations no_client 1",
            `org_helpdesk leads unknown_status ${ofHelpdesk("leads")}`,
            `org_helpdesk lead_status_spells unknown_status ${ofHelpdesk("lead_status_spells")}`,
            `org_itschool calls no_owner ${of(rowsOf("calls"), isNobodys)}`,
            `org_itschool deals no_owner ${of(deals, isNobodys)}`,
            `org_itschool deals closed_without_time ${
              of(deals, (row) => row["status"] !== "open" && row["closed_at"] === "")
            }`,
            `org_itschool deals won_without_price ${
              of(deals, (row) => row["status"] === "won" && row["price"] === "")
            }`,
            `org_itschool deals closed_at_before_created_at ${
              of(deals, (row) => row["closed_at"] !== "" && days(row["closed_at"]) <= days(row["created_at"]) - 1)
            }`
          ].sort()
        )
      }))

    it.effect("a second import of the same folders leaves every deal unchanged", () =>
      Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const deals = sql`SELECT md5(string_agg(deals::text, ' ' ORDER BY organization_id, deal_id)) FROM crm.deals`
        const before = yield* deals
        yield* importFolders(againImported)
        assert.deepStrictEqual(yield* deals, before)
      }))
  })
})
