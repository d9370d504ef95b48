import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { guess } from "../../src/data/import/mapping/guess.ts"
import { importMapped } from "../../src/data/import/mapping/importMapped.ts"
import { mappingOf } from "../../src/data/import/mapping/loadMapping.ts"
import { type Files, folderOf } from "../support/csv.ts"
import { postgresTest } from "../support/Postgres.ts"

const organization = { organization_id: "org_m", time_zone: "Europe/Madrid", currency: "EUR" }

const header = "Record ID,Contact owner,Create Date,Lead Status,Original Traffic Source"
const contacts = (...rows: ReadonlyArray<string>) => ({ "contacts.csv": [header, ...rows] })

const imported = Effect.fnUntraced(function*(files: Files, given: object = {}) {
  const folder = yield* folderOf(files)
  return yield* importMapped([folder], yield* mappingOf({ preset: "hubspot" }), {
    organization: { ...organization, ...given }
  })
})

const refusalOf = Effect.fnUntraced(function*(files: Files, given: object = {}) {
  const { message } = yield* Effect.flip(imported(files, given))
  return message.replaceAll(/\S*\/crm-reports-test-[^/: ]+/g, "FOLDER")
})

const mappingFile = Effect.fnUntraced(function*(mapping: object) {
  const folder = yield* folderOf({ "mapping.json": JSON.stringify(mapping) })
  return yield* mappingOf({ path: `${folder}/mapping.json` })
})

const leads = (columns: object, more: object = {}) => ({
  mapping: "own",
  tables: [{
    table: "leads",
    files: ["*.csv"],
    columns: { lead_id: "Id", status: "Status", created_at: "Created", ...columns }
  }],
  ...more
})

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("mappings", (it) => {
  it.effect("faults of one kind are one line, which says what the mapping lacks", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* refusalOf(
          contacts("1,Ana,03/07/2024,New,Web", "2,Ana,04/07/2024,New,Web", "3,Ana,2024-07-03 10:00,New,Web")
        ),
        "FOLDER/contacts.csv:2 created_at: \"03/07/2024\" is not a time that the mapping reads: " +
          "add its format to `times` in `read` (and 1 more row)"
      )
    }))

  it.effect("a file with few columns of the mapping is refused, because it may be in another language", () =>
    Effect.gen(function*() {
      assert.match(
        yield* refusalOf({ "contacts.csv": ["ID de registro,Propietario,Fecha de creación", "1,Ana,2024-01-01"] }),
        /^FOLDER\/contacts\.csv:1: 0 of 5 columns of the mapping are in this file, which may be in another language: .*--guess/
      )
    }))

  it.effect("a missing column that a table needs is named with the columns that were looked for", () =>
    Effect.gen(function*() {
      const row = "1,Ana,New,Web"
      assert.strictEqual(
        yield* refusalOf({ "contacts.csv": ["Record ID,Contact owner,Lead Status,Original Traffic Source", row] }),
        "FOLDER/contacts.csv:1 created_at: this column is read from \"Create Date\", which is not in the file"
      )
    }))

  it.effect("a new organization needs a time zone and a currency, and a folder needs a file that the mapping reads", () =>
    Effect.gen(function*() {
      const row = "1,Ana,2024-01-01 10:00,New,Web"
      assert.match(yield* refusalOf(contacts(row), { time_zone: undefined }), /^--org: org_m is new: .*--time-zone/)
      assert.match(yield* refusalOf(contacts(row), { time_zone: "Madrid" }), /^--org: "Madrid" is not a time zone/)
      assert.match(
        yield* refusalOf({ "other.csv": ["a", "1"] }),
        /^FOLDER: no file has a name that the mapping reads: /
      )
      assert.match(
        yield* refusalOf({ ...contacts(row), "user-ids.csv": ["user_id,name", "a,Ana", "b,ana"] }),
        /^FOLDER\/user-ids\.csv: "ana" is of two people/
      )
    }))

  it.effect("a mapping with a wrong key, table, column, or table of values is refused in words", () =>
    Effect.gen(function*() {
      const told = (mapping: object) => Effect.map(Effect.flip(mappingFile(mapping)), ({ message }) => message)
      assert.match(yield* told({ ...leads({}), tabels: [] }), /mapping\.json tabels: /)
      assert.match(
        yield* told({ mapping: "x", tables: [{ table: "lead", files: [] }] }),
        /no table has the name "lead"/
      )
      assert.match(yield* told(leads({ colour: "C" })), /leads has no column colour to map/)
      assert.match(yield* told(leads({ organization_id: "C" })), /leads has no column organization_id to map/)
      assert.match(yield* told(leads({ source: { from: "S", values: "no" } })), /values has no table "no"/)
      assert.match(yield* told(leads({ source: { as: "text" } })), /needs exactly one of from, constant/)
      assert.match(
        yield* told({ mapping: "x", tables: [{ table: "leads", files: [], columns: { lead_id: "Id" } }] }),
        /leads needs the column status\n.*leads needs the column created_at/
      )
    }))

  it.effect("numbers and times are read as the mapping says", () =>
    Effect.gen(function*() {
      const mapping = yield* mappingFile({
        mapping: "own",
        organization,
        read: { times: ["DD.MM.YYYY HH:mm", "D/M/YYYY h:mm A", "D MMM YYYY"], decimal: ",", empty: ["-"] },
        tables: [{
          table: "deals",
          files: ["d*.csv"],
          columns: {
            deal_id: "Id",
            stage: { constant: "offer" },
            status: { constant: "open" },
            currency: { organization: "currency" },
            price: "Price",
            created_at: "Created",
            expected_close_at: { from: "Expected", as: "date" }
          }
        }]
      })
      const rows = [
        "1\t1.234.567,895 €\t31.03.2024 02:30\t2024-03-31T00:00:00Z",
        "2\t-0,005\t1/7/2024 12:05 am\t2024-12-01 00:00:00",
        "3\t-\t2 Feb 2024\t",
        "4\t1 000,1\t2024-07-03 02:21:00+00\t\\N"
      ]
      yield* importMapped([yield* folderOf({ "D.csv": ["id\tPRICE\tcreated\tExpected", ...rows] })], mapping)
      const sql = yield* SqlClient.SqlClient
      const found = yield* sql`SELECT price, created_at, expected_close_at FROM crm.deals ORDER BY deal_id`
      assert.deepStrictEqual(found.map((row) => row["price"]), ["1234567.90", "-0.01", null, "1000.10"])
      assert.deepStrictEqual(found.map((row) => row["created_at"]), [
        new Date("2024-03-31T01:30:00Z"),
        new Date("2024-06-30T22:05:00Z"),
        new Date("2024-02-01T23:00:00Z"),
        new Date("2024-07-03T02:21:00Z")
      ])
      assert.deepStrictEqual(found.map((row) => row["expected_close_at"]), [
        new Date("2024-03-30T23:00:00Z"),
        new Date("2024-11-30T23:00:00Z"),
        null,
        null
      ])
      const wrong = yield* Effect.flip(
        importMapped([yield* folderOf({ "D.csv": ["Id,Price,Created,Expected", "1,1.5,2024-01-01,"] })], mapping)
      )
      assert.match(wrong.message, /D\.csv:2 price: "1\.5" is not a number with the decimal sign ","/)
    }))

  it.effect("a guessed mapping of a Spanish file with semicolons imports the rows of the file", () =>
    Effect.gen(function*() {
      const folder = yield* folderOf({
        "negocios.csv": Buffer.from(
          "ID;Propietario;Importe;Moneda;Fase;Fecha de creación;Fecha de cierre\n" +
            "1;Núria;1.200,50;EUR;Ganado;13/01/2024 9:05;2/2/2024\n2;Núria;10;EUR;Visita;02/01/2024 10:00;\n",
          "latin1"
        )
      })
      const mapping = yield* guess([folder], undefined)
      assert.isDefined(mapping)
      const again = yield* mappingFile({ ...mapping, organization: { ...organization, organization_id: "org_g" } })
      yield* importMapped([folder], again)
      const sql = yield* SqlClient.SqlClient
      const found = yield* sql`
        SELECT owner_id, price, stage, status, created_at, closed_at FROM crm.deals
        WHERE organization_id = 'org_g' ORDER BY deal_id
      `
      const both = { owner_id: "crm:núria" }
      assert.deepStrictEqual(found, [
        {
          ...both,
          price: "1200.50",
          stage: "Ganado",
          status: "won",
          created_at: new Date("2024-01-13T08:05:00Z"),
          closed_at: new Date("2024-02-01T23:00:00Z")
        },
        {
          ...both,
          price: "10.00",
          stage: "Visita",
          status: "open",
          created_at: new Date("2024-01-02T09:00:00Z"),
          closed_at: null
        }
      ])
      assert.include(mapping?.tables[0].comments?.["status"], "Check which of them are won and lost")
    }))

  it.effect("a guessed mapping finds the id and the owner of a German export of HubSpot", () =>
    Effect.gen(function*() {
      const file = "Datensatz-ID;Dealname;Dealinhaber;Betrag\n1;Haus;Ana;5\n"
      const columns = (yield* guess([yield* folderOf({ "deals.csv": file })], undefined))?.tables[0].columns
      const owner = { from: "Dealinhaber", as: "person" } as const
      assert.deepInclude(columns, { deal_id: "Datensatz-ID", owner_id: owner, price: "Betrag" })
    }))
})
