import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it, layer } from "@effect/vitest"
import { Effect, Layer, Option } from "effect"
import { findingsOf } from "../../src/data/check/findingsOf.ts"
import { importFolders } from "../../src/data/import/importFolders.ts"
import { folderOf } from "../support/csv.ts"
import { postgresTest } from "../support/Postgres.ts"
import { recording, type Sent } from "../support/recording.ts"

it.effect("an import asks the database once for each organization that is not known", () => {
  const sent: Array<Sent> = []
  return Effect.gen(function*() {
    const rows = Array.from({ length: 3_500 }, (_, index) => `org_${index % 2},l${index},lead,2024-01-01`)
    const tasks = ["org_0,t1,2024-01-01,2024-01-02", "org_2,t2,2024-01-01,2024-01-02"]
    const folder = yield* folderOf({
      "leads.csv": ["organization_id,lead_id,status,created_at", ...rows],
      "tasks.csv": ["organization_id,task_id,created_at,due_at", ...tasks]
    })
    yield* Effect.flip(importFolders([folder]))
    const asked = sent.filter(({ text }) => text.includes("time_zone FROM crm.organizations"))
    assert.deepStrictEqual(asked.map(({ params }) => params), [["org_0"], ["org_1"], ["org_2"]])
  }).pipe(Effect.provide([recording(sent), NodeServices.layer]))
})

it.effect("the findings of a known organization are found without a search for rows of unknown organizations", () =>
  Effect.gen(function*() {
    const searches = Effect.fnUntraced(function*(only: Option.Option<string>, ...ids: ReadonlyArray<string>) {
      const sent: Array<Sent> = []
      const known = ids.map((organizationId) => ({ organizationId }))
      const client = recording(sent, (_, text) => {
        if (text.startsWith("SELECT t.organization_id AS \"organizationId\" FROM")) return Effect.succeed(known)
        if (text.startsWith("SELECT to_regclass")) return Effect.succeed([{ isMade: false }])
        return Effect.succeed(text.startsWith("SELECT json_build_array") ? [{ found: [] }] : [])
      })
      yield* Effect.provide(findingsOf(only), client)
      return sent.filter(({ text }) => text.includes("NOT EXISTS (SELECT FROM crm.organizations")).length
    })
    assert.strictEqual(yield* searches(Option.some("org_a"), "org_a"), 0)
    const each = yield* searches(Option.none(), "org_a")
    assert.isAbove(each, 5)
    assert.strictEqual(yield* searches(Option.some("org_a")), each)
  }))

layer(Layer.merge(postgresTest, NodeServices.layer), { excludeTestServices: true })("findings of an import", (it) => {
  it.effect("an import counts the rows of an organization that is not known", () =>
    Effect.gen(function*() {
      const rows = Array.from({ length: 2_500 }, (_, index) => `org_b,l${index},lead,2024-01-01`)
      const folder = yield* folderOf({
        "organizations.csv": ["organization_id,name", "org_a,Acme"],
        "leads.csv": ["organization_id,lead_id,status,created_at", ...rows]
      })
      const { message } = yield* Effect.flip(importFolders([folder]))
      const fault = "\"org_b\" is in no organizations file and not in the database (and 2,499 more rows)"
      assert.strictEqual(message.replaceAll(folder, "FOLDER"), `FOLDER/leads.csv:2 organization_id: ${fault}`)
    }))

  it.effect("an import lists currencies and colors that are not known", () =>
    Effect.gen(function*() {
      const folder = yield* folderOf({
        "organizations.csv": ["organization_id,name,currency", "org_x,Codes,EUX"],
        "members.csv": ["organization_id,user_id,name", "org_x,user_1,Ana"],
        "tags.csv": ["organization_id,tag_id,name,color", "org_x,00000000-0000-4000-8000-00000000000a,Hot,#ff0000"]
      })
      const { uncounted } = yield* importFolders([folder], { isDryRun: true })
      assert.deepStrictEqual(uncounted, [
        "org_x organizations: 1 row has the unknown currency \"EUX\"",
        "org_x tags: 1 row has the unknown color \"#ff0000\""
      ])
    }))
})
