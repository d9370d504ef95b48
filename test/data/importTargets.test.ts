import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it } from "@effect/vitest"
import { Effect, FileSystem, Layer, Result } from "effect"
import { saveDemoGoals } from "../../src/data/demoReports.ts"
import { linesIn } from "../../src/data/import/targetLines.ts"
import { importTargets } from "../../src/data/import/targets.ts"
import { writeTables } from "../../src/data/writeTables.ts"
import { Goals } from "../../src/services/goals/Goals.ts"
import { postgresTest } from "../support/Postgres.ts"
import { person, sales } from "../support/targets.ts"

const page = { limit: 100, offset: 0 }
const header = "organization_id,metric_id,for,period,value,currency\n"
const won = "deals.won_value_over_time"

const imported = Effect.fnUntraced(function*(text: string, isDryRun = false) {
  const files = yield* FileSystem.FileSystem
  const path = `${yield* files.makeTempDirectoryScoped()}/targets.csv`
  yield* files.writeFileString(path, text)
  return yield* Effect.match(importTargets(path, isDryRun), {
    onFailure: (error) => "message" in error ? error.message.replaceAll(path, "targets.csv") : String(error),
    onSuccess: String
  })
})

const database = Layer.provideMerge(Goals.layerSql, Layer.merge(postgresTest, NodeServices.layer))

it.live("an import of targets stores all lines of a CSV file, or none, and keeps other months", () =>
  Effect.gen(function*() {
    yield* writeTables(sales)
    const goals = yield* Goals
    const stored = Effect.map(
      goals.listTargets(person("ana", "admin"), page),
      ({ results }) => results.map(({ currency, for: owner, period, values }) => ({ owner, period, values, currency }))
    )
    assert.strictEqual(yield* imported(`${header}org,${won},ana,2026-10,50000,\n`, true), "1")
    assert.include(yield* imported(`${header}org,${won},nobody,2026-10,1,\n`, true), "is neither")
    assert.deepStrictEqual(yield* stored, [])
    assert.strictEqual(
      yield* imported(`${header}org,${won},ana,2026-10,50000,\norg,${won},ana,2026-11,60000.50,\n`),
      "2"
    )
    const month = "month" as const
    const first = { owner: "ana", period: month, values: { "2026-10": 50_000, "2026-11": 60_000.5 }, currency: "EUR" }
    assert.deepStrictEqual(yield* stored, [first])
    assert.strictEqual(
      yield* imported(`${header}org,${won},ana,2026-11,7.5,CHF`),
      "targets.csv:2 currency: CHF is not EUR, in which the target keeps values of other periods"
    )
    assert.deepStrictEqual(yield* stored, [first])
    const all = `org,${won},ana,2026-10,9,CHF\norg,${won},ana,2026-11,8,CHF`
    assert.strictEqual(yield* imported(header + all), "2")
    const inFrancs = { ...first, values: { "2026-10": 9, "2026-11": 8 }, currency: "CHF" }
    assert.deepStrictEqual(yield* stored, [inFrancs])
    // Without a currency, the stored one stays, also if it is not that of the organization.
    const semicolons = `${header.replaceAll(",", ";")}org;${won};ana;2026-11;7,5;\norg;${won};organization;2026;9;\n`
    assert.strictEqual(yield* imported(semicolons), "2")
    const wrong = [
      [`org,${won},import,2026-10,1,`, "targets.csv:2: for: is neither"],
      [`org,${won},nobody,2026-10,1,\norg,${won},bo,2026-10,1,`, "targets.csv:2: for: is neither"],
      ["org,leads.none,bo,2026-10,1,", "targets.csv:2: metricId: is no metric"],
      [
        `nowhere,${won},organization,2026-10,1,`,
        "targets.csv:2 organization_id: \"nowhere\" is in no organizations file"
      ],
      [`org,${won},bo,2026-13,1,`, "targets.csv:2 period: \"2026-13\" is not a month"],
      [`org,${won},bo,2026-10,1,euro`, "targets.csv:2 currency: \"euro\" is not a currency"],
      [
        `org,${won},bo,2026-10,1,EUR\norg,${won},bo,2026-11,1,USD`,
        "targets.csv:3 currency: the lines of a target have one"
      ],
      [`org,${won},bo,2026-10,1,\norg,${won},bo,2026-11,1,USD`, "have one currency, but line 2 has none"],
      [
        `org,${won},bo,2026-10,50.000,`,
        "targets.csv:2 value: \"50.000\" can be 50000 or 50: write one of these"
      ],
      [`org,${won},bo,2026-10,"1,500",`, "can be 1500 or 1.5"],
      [`org,${won},bo,2026-10,-1,`, "targets.csv:2 value: \"-1\" is not a number"],
      [`org,${won},bo,2026-10,1,\norg,${won},bo,2026-10,2,`, "targets.csv:3: 2026-10 comes twice"]
    ] as const
    for (const [lines, fault] of wrong) assert.include(yield* imported(header + lines), fault)
    assert.include(yield* imported("organization_id,name\norg,x"), "no column is named name")
    assert.sameDeepMembers([...yield* stored], [
      { ...inFrancs, values: { "2026-10": 9, "2026-11": 7.5 } },
      { owner: "organization", period: "year" as const, values: { "2026": 9 }, currency: "EUR" }
    ])
  }).pipe(Effect.scoped, Effect.provide(database)))

it.live("an import finds the target of a line among more than a hundred targets of the same metric and owner", () =>
  Effect.gen(function*() {
    yield* writeTables(sales)
    const goals = yield* Goals
    const ana = person("ana", "admin")
    for (const owner of ["ana", "organization"]) {
      assert.strictEqual(yield* imported(`${header}org,${won},${owner},2026-10,1,`), "1")
      for (let index = 0; index < 100; index++) {
        const own = { metricId: won, for: owner, period: "month" as const, values: { "2026-10": 2 }, currency: "EUR" }
        yield* goals.createTarget(ana, { ...own, filters: { source: [`s${index}`] } })
      }
      assert.strictEqual(yield* imported(`${header}org,${won},${owner},2026-10,3,`), "1")
      const { results, total } = yield* goals.listTargets(ana, { for: owner, limit: 1, offset: 100 })
      assert.deepStrictEqual([total, results.map(({ values }) => values)], [101, [{ "2026-10": 3 }]])
    }
  }).pipe(Effect.scoped, Effect.provide(database)))

it("a line of a file of targets keeps its number after empty lines and quoted line breaks", () => {
  for (const end of ["\n", "\r\n"]) {
    const rows = ["", `org,${won},"a${end}b",2026-10,1,`, "", `org,${won},ana,2026-11,1,`]
    const lines = Result.getOrThrow(linesIn("targets.csv", `${header.trim()}${end}${rows.join(end)}`))
    assert.deepStrictEqual(lines.map(({ line }) => line), [3, 6])
  }
})

it("a file of targets may begin with empty lines, and a fault of its header names the line of the header", () => {
  const first = `org;${won};ana;2026-10;7,5;`
  for (const begin of ["", "\n", "\n\n", "\uFEFF\n"]) {
    const text = `${begin}${header.replaceAll(",", ";")}${first}`
    const lines = [text, text.replaceAll("\n", "\r\n")].flatMap((one) => Result.getOrThrow(linesIn("targets.csv", one)))
    assert.deepStrictEqual(lines.map(({ cells }) => cells["value"]), ["7,5", "7,5"])
  }
  const faultOf = (text: string) => Result.getOrThrow(Result.flip(linesIn("targets.csv", text)))
  assert.deepStrictEqual(faultOf("\n\norganization_id,name\norg,x"), {
    place: "targets.csv:3",
    reason: "no column is named name"
  })
  assert.deepStrictEqual(faultOf(`\n${header.replace(",value", "")}`), {
    place: "targets.csv:2",
    reason: "the column value is missing"
  })
  assert.strictEqual(faultOf("").place, "targets.csv:1")
})

it.effect("the demo has stage weights, and a target of each person and of the organization", () =>
  Effect.gen(function*() {
    const goals = yield* Goals
    yield* saveDemoGoals
    yield* saveDemoGoals
    const ana = person("user_ana", "admin", "org_demo")
    const { results } = yield* goals.listTargets(ana, { ...page, metricId: won })
    assert.isAbove(results.length, 5)
    assert.isNotEmpty(Object.keys(yield* goals.stageWeights(ana.organizationId)))
  }).pipe(Effect.provide(Goals.layerMemory)))
