import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { mappingOf, presets } from "../../src/data/import/mapping/loadMapping.ts"
import { run } from "../support/commandLine.ts"
import { folderOf } from "../support/csv.ts"
import { freshDatabase } from "../support/Postgres.ts"

const header = "Record ID,Contact owner,Create Date,Lead Status,Original Traffic Source"
const contacts = (...rows: ReadonlyArray<string>) => ({ "contacts.csv": [header, ...rows] })

it.live("the import command prints a preset that reads as a mapping, and the schema of mappings", () =>
  Effect.gen(function*() {
    for (const preset of presets) {
      const shown = yield* run(["import", "--show", preset], {})
      const folder = yield* folderOf({ "mapping.json": shown.out })
      const mapping = yield* Effect.provide(mappingOf({ path: `${folder}/mapping.json` }), NodeServices.layer)
      assert.isAbove(mapping.sources?.length ?? 0, 1)
    }
    const { $defs } = JSON.parse((yield* run(["import", "--show", "schema"], {})).out)
    assert.include(Object.keys($defs), "Mapping")
  }))

it.live("an import of targets is refused beside a folder or a flag that it would not use", () =>
  Effect.gen(function*() {
    const path = `${yield* folderOf({ "targets.csv": ["organization_id,metric_id,for,period,value"] })}/targets.csv`
    for (const others of [["exported"], ["--from", "hubspot"], ["--mapping", "own.json"], ["--guess"]]) {
      const { code, err } = yield* run(["import", "--targets", path, ...others], {})
      assert.strictEqual(code, 1)
      assert.include(err, "give --targets without a folder and without other flags, except --dry-run")
    }
  }))

it.live("a dry run with a mapping shows what each word becomes, and changes nothing", () =>
  Effect.gen(function*() {
    const DATABASE_URL = Redacted.value(yield* freshDatabase)
    const folder = yield* folderOf(contacts("1,Ana,2024-01-01 10:00,New,Web", "2,Bo,2024-01-01 10:00,Partner,Web"))
    const flags = ["--from", "hubspot", "--org", "org_p", "--time-zone", "Asia/Tokyo", "--currency", "JPY"]
    const { code, err, out } = yield* run(["import", ...flags, "--dry-run", folder], { DATABASE_URL })
    assert.strictEqual(err, "")
    assert.strictEqual(code, 0)
    for (
      const line of [
        "leads, from contacts.csv: 2 rows",
        "  row 1: lead_id 1, owner_id crm:ana, status lead, source Web, created_at 2024-01-01T01:00:00.000Z",
        "  created_at: \"2024-01-01 10:00\" in the file is 1 Jan 2024, 10:00:00 in Asia/Tokyo",
        "    \"New\", 1 row → lead",
        "    \"Partner\", 1 row → Partner (no entry of the mapping names it, so it stays)",
        "deals: there is no file *deals*.csv"
      ]
    ) assert.include(out.split("\n"), line)
    const again = yield* run(["import", ...flags.slice(0, 4), "--dry-run", folder], { DATABASE_URL })
    assert.match(again.err, /org_p is new/)
  }))
