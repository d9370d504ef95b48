import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect } from "effect"
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { maxBodyBytes } from "../../src/http/middleware/requestGuard.ts"
import { smallBytes } from "../../src/http/middleware/responseBudget.ts"
import { metricsById } from "../../src/metrics/all.ts"
import { terms } from "../../src/services/admission/limits.ts"
import { templates } from "../../src/templates.ts"
import { questionsOf } from "../proof/questions.ts"
import { documentNamed, root } from "../support/documents.ts"
import { randomTables } from "../support/randomTables.ts"

const read = (path: string) => readFileSync(join(root, path), "utf8")
const numbered = (count: number) => count.toLocaleString("en")

const operations = documentNamed("docs/operations.md").text
const contributing = documentNamed("CONTRIBUTING.md").text
const readme = documentNamed("README.md").text

/** The cells of the row of a table that begins with this cell. */
const rowOf = (text: string, first: string) =>
  text.split("\n").find((line) => line.startsWith(`| ${first} `))?.split("|").slice(1, -1).map((cell) => cell.trim()) ??
    assert.fail(`no row ${first}`)

describe("the figures of docs/operations.md", () => {
  const limits = Effect.runSync(
    Effect.provide(terms, ConfigProvider.layer(ConfigProvider.fromEnv({ env: { DATABASE_POOL: "10" } })))
  )

  it.each(["runs", "background_runs", "reads", "small_files", "unknown_keys", "clerk"] as const)(
    "the table of limits has the places of %s",
    (limit) => assert.strictEqual(rowOf(operations, `\`${limit}\``)[1], numbered(limits[limit].places))
  )

  it("the table of limits has the most places of one organization", () => {
    const most = (limit: string) => rowOf(operations, `\`${limit}\``)[2]
    assert.strictEqual(most("runs"), `2 to ${limits.runs.most()}, see below`)
    assert.strictEqual(most("background_runs"), String(limits.background_runs.most()))
    assert.strictEqual(most("reads"), String(limits.reads.most()))
    assert.strictEqual(most("unknown_keys"), `${limits.unknown_keys.most()} of one address`)
    assert.strictEqual(most("clerk"), String(limits.clerk.most()))
    assert.strictEqual(limits.connections.most(), 7)
    assert.strictEqual(limits.connections.share, 2)
    assert.include(operations, "seven in a pool of ten")
    assert.include(operations, "which is two in a pool of ten")
  })

  it.each(
    ["runs", "background_runs", "connections", "reads", "small_files", "files", "unknown_keys", "clerk"] as const
  )(
    "the table of limits says how many may wait for %s",
    (limit) => assert.include(rowOf(operations, `\`${limit}\``)[4], `503 if ${numbered(limits[limit].maxWaiting)} wait`)
  )

  it("the table of limits on requests has the bytes of a body and of a small response", () => {
    assert.strictEqual(rowOf(operations, "request body")[1], `${maxBodyBytes / 2 ** 20} MiB`)
    assert.include(operations, `| response over ${smallBytes / 2 ** 10} KiB`)
  })

  it("the tables that a backup needs are those that the migrations create", () => {
    const created = globSync("migrations/*.ts", { cwd: root }).flatMap((path) =>
      [...read(path).matchAll(/CREATE TABLE (crm_report\w*)/g)].map(([, name]) => name)
    )
    const [, backup = ""] = /needs the schemas ([\s\S]*?) of the schema\s+`public`/.exec(operations) ?? []
    const named = [...backup.matchAll(/`(crm_report\w*)`/g)].map(([, name]) => name)
    assert.isNotEmpty(created)
    assert.sameMembers(named, [...created, "crm_report_migrations"])
  })
})

describe("the figures of README.md and CONTRIBUTING.md", () => {
  it("README.md has the number of metrics and of the reports of the demo", () => {
    assert.include(readme, `**${metricsById.size} metrics**`)
    assert.lengthOf(templates, 6)
    assert.include(readme, "shows six reports over a demo CRM")
  })

  it("CONTRIBUTING.md has the number of random stores and of faults of .ci/run", () => {
    const ci = read(".ci/run")
    assert.include(contributing, `with ${/PROOF_STORES=(\d+)/.exec(ci)?.[1]} [random stores]`)
    assert.include(contributing, `at most ${/--most (\d+)/.exec(ci)?.[1]} `)
  })

  it("CONTRIBUTING.md has the number of questions of a random store, and of metrics with golden SQL", () => {
    const questions = questionsOf(0, randomTables(0)).reduce((sum, { request }) => sum + request.widgets.length, 0)
    assert.include(contributing, `Agreement asks ${numbered(questions)} questions`)
    assert.include(contributing, `SQL of ${globSync("test/golden/sql/*.sql", { cwd: root }).length} metrics`)
  })

  it.each([
    ["agreement", "test/query/agreement.test.ts"],
    ["non-interference", "test/services/access/interference.test.ts"],
    ["invariants", "test/query/invariants.test.ts"],
    ["records add up to their point, in SQL", "test/services/run/records.test.ts"]
  ])("CONTRIBUTING.md has the number of random stores of the proof “%s”", (proof, path) => {
    assert.strictEqual(rowOf(contributing, proof)[1], /full: (\d+)/.exec(read(path))?.[1])
  })
})
