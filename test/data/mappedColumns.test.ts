import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import { Effect, Result, Stream } from "effect"
import { indexesOf, indexKey } from "../../src/data/import/mapping/indexes.ts"
import { mappingOf, presets } from "../../src/data/import/mapping/loadMapping.ts"
import type { Mapping } from "../../src/data/import/mapping/Mapping.ts"
import { People } from "../../src/data/import/mapping/People.ts"
import { rawFilesIn } from "../../src/data/import/mapping/rawFiles.ts"
import type { Context } from "../../src/data/import/mapping/readColumn.ts"
import { spellSource } from "../../src/data/import/mapping/spellSource.ts"
import { folderOf } from "../support/csv.ts"

const mappingIn = Effect.fnUntraced(function*(mapping: object) {
  return yield* mappingOf({ path: `${yield* folderOf({ "mapping.json": JSON.stringify(mapping) })}/mapping.json` })
})

const refusalOf = (mapping: object) =>
  Effect.match(mappingIn(mapping), { onFailure: ({ message }) => message, onSuccess: () => "not refused" })

/** Sorts the columns of each table by name. */
const sorted = Effect.fnUntraced(function*(preset: typeof presets[number]) {
  const mapping = yield* mappingOf({ preset })
  const tables = mapping.tables.map(({ columns = {}, ...entry }) => ({
    ...entry,
    columns: Object.fromEntries(Object.entries(columns).sort(([a], [b]) => a < b ? -1 : 1))
  }))
  return { ...mapping, tables }
})

const contextOf = (mapping: Mapping, found: Context["found"]): Context => ({
  mapping,
  decimal: ".",
  zone: "America/Los_Angeles",
  currency: "USD",
  people: new People([], new Map()),
  found
})

/** In Los Angeles, this instant is on the first of May. */
const beforeTheSecond = "2024-05-02T01:00:00.000Z"

layer(NodeServices.layer, { excludeTestServices: true })("columns of a mapping", (it) => {
  it.effect("a column that stands before a column that it depends on is refused, not read as empty", () =>
    Effect.gen(function*() {
      for (const preset of presets) {
        const message = yield* refusalOf(yield* sorted(preset))
        const place = /mapping\.json tables\.\d\.columns\.closed_at: the column status must stand before this one/
        assert.match(message, place)
      }
      const columns = (first: object) => ({ ...first, lead_id: "Id", status: "Status", created_at: "Created" })
      const leads = (first: object) => ({
        mapping: "own",
        tables: [{ table: "leads", files: [], columns: columns(first) }]
      })
      const called = { first_call_at: { earliest: "calls.started_at", by: "lead_id" } }
      assert.match(
        yield* refusalOf(leads(called)),
        /columns\.first_call_at: the column lead_id must stand before this one/
      )
      assert.lengthOf((yield* mappingIn(leads({}))).tables, 1)
    }))

  it.effect("the first time of days and instants is the earliest in the zone of the organization", () =>
    Effect.gen(function*() {
      const first = { earliest: "calls.started_at", by: "lead_id" }
      const mapping: Mapping = {
        mapping: "own",
        tables: [
          { table: "leads", files: ["leads.csv"], columns: { lead_id: "Id", first_call_at: first } },
          { table: "calls", files: ["calls.csv"], columns: { lead_id: "Lead", started_at: "At" } }
        ]
      }
      const calls = [`a,2024-05-02`, `a,${beforeTheSecond}`, `b,${beforeTheSecond}`, "b,2024-05-02", "c,2024-05-01"]
      const files = yield* rawFilesIn(
        yield* folderOf({ "calls.csv": ["Lead,At", ...calls, `c,${beforeTheSecond}`] }),
        undefined
      )
      const indexes = yield* indexesOf(files, mapping, () => contextOf(mapping, () => undefined))
      assert.deepStrictEqual([...indexes.get(indexKey(first)) ?? []], [
        ["a", beforeTheSecond],
        ["b", beforeTheSecond],
        ["c", "2024-05-01"]
      ])
    }))

  it.effect("the first time is found if its columns depend on others by when", () =>
    Effect.gen(function*() {
      const first = { earliest: "calls.started_at", by: "lead_id", where: { direction: "outbound" } }
      const called = {
        owner_id: "Owner",
        outcome: { from: "Outcome", when: { owner_id: "ana" } },
        lead_id: "Lead",
        direction: { from: "Direction", when: { outcome: "success" } },
        started_at: { from: "At", when: { outcome: ["success", "failed"] } }
      }
      const mapping: Mapping = {
        mapping: "own",
        tables: [
          { table: "leads", files: ["leads.csv"], columns: { lead_id: "Id", first_call_at: first } },
          { table: "calls", files: ["calls.csv"], columns: called }
        ]
      }
      const indexed = Effect.fnUntraced(function*(...calls: ReadonlyArray<string>) {
        const files = yield* rawFilesIn(yield* folderOf({ "calls.csv": calls }), undefined)
        const indexes = yield* indexesOf(files, mapping, () => contextOf(mapping, () => undefined))
        return indexes.get(indexKey(first))
      })
      const found = yield* indexed(
        "Lead,Owner,Outcome,Direction,At",
        "a,ana,success,outbound,2024-05-03",
        "a,bo,success,outbound,2024-05-01",
        "a,ana,failed,outbound,2024-05-02"
      )
      assert.deepStrictEqual([...found ?? []], [["a", "2024-05-03"]])
      // Without a column that these depend on, a stored first time is kept.
      assert.isUndefined(yield* indexed("Lead,Owner,Direction,At", "a,ana,outbound,2024-05-03"))
    }))

  it.effect("stays of a file with days and instants follow each other in the zone of the organization", () =>
    Effect.gen(function*() {
      const spells = { by: "Lead", at: "At", old: "Old", new: "New" }
      const entry = { table: "lead_status_spells", files: ["history.csv"], spells }
      const mapping: Mapping = { mapping: "own", tables: [entry] }
      const history = ["Lead,At,Old,New", "a,2024-05-02,potential,client", `a,${beforeTheSecond},,potential`]
      const files = yield* rawFilesIn(yield* folderOf({ "history.csv": history }), undefined)
      const reading = { context: contextOf(mapping, () => undefined), organizationId: "org" }
      const rows = yield* Effect.forEach(
        files,
        (file) =>
          Effect.scoped(
            Effect.flatMap(spellSource(entry, spells, file, reading).open(() => {}), ({ rows }) =>
              Stream.runCollect(rows))
          )
      )
      const stays = rows.flat().map((row) =>
        Result.isSuccess(row) ? ["status", "startedAt", "endedAt"].map((name) => row.success.cells[name]) : row.failure
      )
      assert.deepStrictEqual(stays, [["potential", Date.parse(beforeTheSecond), "2024-05-02"], [
        "client",
        "2024-05-02",
        null
      ]])
    }))
})
