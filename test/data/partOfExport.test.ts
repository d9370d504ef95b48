import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { importMapped } from "../../src/data/import/mapping/importMapped.ts"
import { mappingOf, type Preset } from "../../src/data/import/mapping/loadMapping.ts"
import { type Files, folderOf } from "../support/csv.ts"
import { postgresTest } from "../support/Postgres.ts"

const importedBy = (preset: Preset) =>
  Effect.fnUntraced(function*(files: Files) {
    const organization = { organization_id: `org_${preset}`, time_zone: "Europe/Madrid", currency: "EUR" }
    return yield* importMapped([yield* folderOf(files)], yield* mappingOf({ preset }), { organization })
  })

const stored = Effect.fnUntraced(function*(preset: Preset, table: string, column: string) {
  const sql = yield* SqlClient.SqlClient
  return yield* sql.unsafe(`SELECT ${column} FROM crm.${table} WHERE organization_id = $1 ORDER BY 1`, [
    `org_${preset}`
  ])
})

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("parts of an export", (it) => {
  it.effect("without the file in which a column is looked up, rows keep their value, and the preview names the file", () =>
    Effect.gen(function*() {
      const imported = importedBy("hubspot")
      const contacts = (status: string) => ({
        "contacts.csv": ["Record ID,Contact owner,Create Date,Lead Status", `1,Ana,2024-01-01 10:00,${status}`]
      })
      const calls = (...columns: ReadonlyArray<string>) => ({
        "calls.csv": ["Record ID,Activity assigned to,Activity date,Call direction", "9,Ana,2024-02-01 10:00,Outbound"]
          .map((line, index) => [line, ...columns.slice(index, index + 1)].join(","))
      })
      const first = { first_call_at: new Date("2024-02-01T09:00:00Z") }
      yield* imported({ ...contacts("New"), ...calls("Associated Contact IDs", "1") })
      assert.deepStrictEqual(yield* stored("hubspot", "leads", "status, first_call_at"), [{ status: "lead", ...first }])

      const { preview } = yield* imported(contacts("In Progress"))
      const after = [{ status: "potential", ...first }]
      assert.deepStrictEqual(yield* stored("hubspot", "leads", "status, first_call_at"), after)
      assert.include(
        preview,
        "  these columns are not written, because they are not in the files: source, first_call_at (looked up in *calls*.csv)"
      )

      // These calls name no contact.
      yield* imported({ ...contacts("In Progress"), ...calls() })
      assert.deepStrictEqual(yield* stored("hubspot", "leads", "status, first_call_at"), after)
    }))

  it.effect("a deal keeps its lead without the file of the leads", () =>
    Effect.gen(function*() {
      const imported = importedBy("salesforce")
      const deals = (amount: string) => ({
        "Opportunity.csv": [
          "Id,IsDeleted,StageName,Amount,CloseDate,IsClosed,IsWon,OwnerId,CreatedDate",
          `006A,0,Offer,${amount},2024-05-01 00:00:00,0,0,005A,2024-01-01 10:00:00`
        ]
      })
      const leads = "00QA,0,Web,Qualified,005A,1,006A,2024-01-01 10:00:00"
      const header = "Id,IsDeleted,LeadSource,Status,OwnerId,IsConverted,ConvertedOpportunityId,CreatedDate"
      yield* imported({ ...deals("5"), "Lead.csv": [header, leads] })
      yield* imported(deals("7"))
      assert.deepStrictEqual(yield* stored("salesforce", "deals", "lead_id, price"), [{
        lead_id: "00QA",
        price: "7.00"
      }])
    }))

  it.effect("people keep their source if one of the files in which it is looked up lacks the column", () =>
    Effect.gen(function*() {
      const imported = importedBy("pipedrive")
      const people = {
        "people-1.csv": [
          "Person - ID,Person - Owner,Person - Open deals,Person - Won deals,Person - Lost deals,Person - Person created",
          "1,Ana,0,0,0,2024-01-01 10:00:00"
        ]
      }
      const inbox = { "leads-1.csv": ["Lead - ID,Lead - Contact person ID,Lead - Source channel", "7,2,Chat"] }
      const deal = "5,1,Ana,Qualified,Open,2024-01-01 10:00:00"
      const deals = "Deal - ID,Deal - Contact person ID,Deal - Owner,Deal - Stage,Deal - Status,Deal - Deal created"
      yield* imported({
        ...people,
        ...inbox,
        "deals-1.csv": [`${deals},Deal - Source channel`, `${deal},Web`]
      })
      const source = [{ source: "Web" }]
      assert.deepStrictEqual(yield* stored("pipedrive", "leads", "source"), source)
      const { preview } = yield* imported({ ...people, ...inbox, "deals-1.csv": [deals, deal] })
      assert.deepStrictEqual(yield* stored("pipedrive", "leads", "source"), source)
      assert.isFalse(preview.some((line) => line.startsWith("leads-1.csv is not read")))
      const renamed = people["people-1.csv"].map((line) => line.replace("Person - ID", "Person - Pipedrive System ID"))
      yield* imported({
        ...inbox,
        "people-1.csv": renamed,
        "deals-1.csv": [`${deals},Deal - Source channel`, `${deal},Web`]
      })
      assert.deepStrictEqual(yield* stored("pipedrive", "leads", "source"), source)
    }))

  it.effect("a column that a table needs is refused without the file in which it is looked up", () =>
    Effect.gen(function*() {
      const imported = importedBy("twenty")
      const people = { "people.csv": ["Id,Created by / Source,Creation date", "1,MANUAL,2024-01-01T10:00:00Z"] }
      const { message } = yield* Effect.flip(imported(people))
      assert.match(
        message,
        /people\.csv:1 status: this column is looked up in opportunit\*\.csv, which is missing or lacks .*: export that file too, with all/
      )
      yield* imported({ ...people, "opportunities.csv": "Id,Stage,Point of Contact Id,Creation date\n" })
      assert.deepStrictEqual(yield* stored("twenty", "leads", "status"), [{ status: "lead" }])
    }))

  it.effect("a planned call is a task, and a done call completes it", () =>
    Effect.gen(function*() {
      const imported = importedBy("pipedrive")
      const activity = (done: string) => ({
        "activities-1.csv": [
          "Activity - ID,Activity - Type,Activity - Due date,Activity - Done,Activity - Marked as done time," +
          "Activity - Assigned to user,Activity - Add time,Activity - Contact person ID",
          `3,Call,2024-03-01,${done},Ana,2024-02-01 10:00,1`
        ]
      })
      yield* imported(activity("To do,"))
      assert.deepStrictEqual(yield* stored("pipedrive", "tasks", "completed_at"), [{ completed_at: null }])
      assert.deepStrictEqual(yield* stored("pipedrive", "calls", "call_id"), [])
      yield* imported(activity("Done,2024-03-02 10:00"))
      const at = new Date("2024-03-02T09:00:00Z")
      assert.deepStrictEqual(yield* stored("pipedrive", "tasks", "completed_at"), [{ completed_at: at }])
      assert.deepStrictEqual(yield* stored("pipedrive", "calls", "started_at"), [{ started_at: at }])
    }))
})
