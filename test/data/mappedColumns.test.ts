import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { mappingOf, presets } from "../../src/data/import/mapping/loadMapping.ts"
import { folderOf } from "../support/csv.ts"

const mappingIn = Effect.fnUntraced(function*(mapping: object) {
  return yield* mappingOf({ path: `${yield* folderOf({ "mapping.json": JSON.stringify(mapping) })}/mapping.json` })
})

/** Sorts the columns of each table by name. */
const sorted = Effect.fnUntraced(function*(preset: typeof presets[number]) {
  const mapping = yield* mappingOf({ preset })
  const tables = mapping.tables.map(({ columns = {}, ...entry }) => ({
    ...entry,
    columns: Object.fromEntries(Object.entries(columns).sort(([a], [b]) => a < b ? -1 : 1))
  }))
  return { ...mapping, tables }
})

layer(NodeServices.layer, { excludeTestServices: true })("columns of a mapping", (it) => {
  it.effect("a column that stands before a column that it depends on is refused, not read as empty", () =>
    Effect.gen(function*() {
      for (const preset of presets) {
        const { message } = yield* Effect.flip(mappingIn(yield* sorted(preset)))
        const place = /mapping\.json tables\.\d\.columns\.closed_at: the column status must stand before this one/
        assert.match(message, place)
      }
      const columns = (first: object) => ({ ...first, lead_id: "Id", status: "Status", created_at: "Created" })
      const leads = (first: object) => ({
        mapping: "own",
        tables: [{ table: "leads", files: [], columns: columns(first) }]
      })
      const called = { first_call_at: { earliest: "calls.started_at", by: "lead_id" } }
      const { message } = yield* Effect.flip(mappingIn(leads(called)))
      assert.match(message, /columns\.first_call_at: the column lead_id must stand before this one/)
      assert.lengthOf((yield* mappingIn(leads({}))).tables, 1)
    }))
})
