import { assert, describe, expect, it, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { writeTables } from "../src/data/writeTables.ts"
import type { RunRequest } from "../src/domain/Run.ts"
import { metricsById } from "../src/metrics/all.ts"
import { Directory, questionAbout } from "../src/services/Directory.ts"
import { MetricRunner } from "../src/services/MetricRunner.ts"
import { MetricSource } from "../src/services/MetricSource.ts"
import { together } from "../src/services/riding.ts"
import { ask, runner } from "./proof/ask.ts"
import { ids, statementOf } from "./proof/statements.ts"
import { admin, essence } from "./support/counted.ts"
import { at } from "./support/fixedClock.ts"
import { asOf, office } from "./support/office.ts"
import { postgresTest } from "./support/Postgres.ts"
import { recording, type Sent } from "./support/recording.ts"

const inSql = runner.pipe(Layer.provide([MetricSource.layerSql, Directory.layerSql]))

const widgetsOf = (metricIds: Iterable<string>): RunRequest["widgets"] =>
  [...metricIds].map((metricId) => ({
    instanceId: metricId,
    metricId,
    chart: metricsById.get(metricId)?.charts[0] ?? "stat",
    timeframe: { preset: "last_90d", bucket: "month" }
  }))

const timeframe = { preset: "this_month", bucket: "week" }
const first = { id: "calls.by_outcome", groupBy: undefined, timeframe, userIds: ["user_1", "user_2"] } as const

describe("the gate's question", () => {
  it("beside a widget's is what a reviewer has seen", async () => {
    const { text } = together(statementOf(first), questionAbout(["user_1", "user_2"]))
    await expect(`${text};\n`).toMatchFileSnapshot("golden/gate.sql")
  })
  it("says `organization_id = $1` of its tables, and takes the next place for whom it is about", () => {
    for (const id of ids) {
      const statement = statementOf({ ...first, id })
      const { params, text } = together(statement, questionAbout(["user_9"]))
      assert.deepStrictEqual(params, [...statement.params, ["user_9"]])
      const question = text.slice(text.lastIndexOf("SELECT"))
      assert.match(text, new RegExp(`m\\.user_id = ANY \\(\\$${params.length}::text\\[\\]\\)`))
      assert.deepStrictEqual(
        [...question.matchAll(/crm\.\w+ (\w+) ON \1\.organization_id = \$1 ?/g)].map(([, alias]) => alias),
        [...question.matchAll(/crm\.\w+ (\w+)/g)].map(([, alias]) => alias)
      )
    }
  })
  it.effect("is asked by itself the first time, then with the first widget's and no other", () =>
    Effect.gen(function*() {
      const sent: Array<Sent> = []
      const request = { widgets: widgetsOf(["calls.by_outcome", "leads.total"]) }
      const texts = yield* Effect.gen(function*() {
        yield* ask({ caller: admin, request })
        const before = sent.length
        yield* ask({ caller: admin, request })
        return { before: sent.slice(0, before), after: sent.slice(before) }
      }).pipe(Effect.provide(inSql.pipe(Layer.provide(recording(sent)))))
      const about = (asked: ReadonlyArray<Sent>) =>
        asked.map(({ text }) => ["members", "calls", "leads"].filter((table) => text.includes(`crm.${table} `)).join())
      assert.deepStrictEqual(about(texts.before), ["members", "calls", "leads"])
      // A database that does not answer it is asked once more.
      assert.deepStrictEqual(about(texts.after), ["members,calls", "leads", "members"])
    }).pipe(at(asOf)))
})

layer(postgresTest, { excludeTestServices: true, timeout: "60 seconds" })("the gate's question", (it) => {
  it.effect("beside any metric's changes no number, for one, few and many", () =>
    Effect.gen(function*() {
      yield* writeTables(office)
      for (const assigneeIds of [["ana"], ["ana", "bo"], ["ana", "bo", ..."abcdefghijk"]]) {
        for (const metricId of metricsById.keys()) {
          const question = { caller: admin, request: { assigneeIds, widgets: widgetsOf([metricId]) } }
          const [apart, beside] = yield* Effect.all([ask(question), ask(question)])
          assert.deepStrictEqual(beside, apart, metricId)
        }
      }
    }).pipe(Effect.provide(inSql), at(asOf)))

  it.effect("hears who is a member no more, what they are called now, and where the organization is", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const runner = yield* MetricRunner
      const request = {
        assigneeIds: ["ana", "bo"],
        widgets: widgetsOf(["team.leads_by_agent", "leads.created_over_time"])
      }
      const heard = Effect.map(runner.run(admin, request), ([team, leads]) => ({
        names: team?.points.map((point) => "label" in point ? point.label : "") ?? [],
        members: team?.meta.scope.members,
        zone: leads?.meta.window?.timeZone,
        points: leads === undefined ? [] : essence(leads)
      }))
      const before = yield* heard
      assert.deepStrictEqual(yield* heard, before)
      yield* sql`UPDATE crm.members SET name = 'Anna' WHERE organization_id = 'org' AND user_id = 'ana'`
      const renamed = yield* heard
      assert.deepStrictEqual(
        renamed.names.toSorted(),
        before.names.map((name) => name === "Ana" ? "Anna" : name).toSorted()
      )
      yield* sql`UPDATE crm.organizations SET time_zone = 'Asia/Kolkata' WHERE organization_id = 'org'`
      assert.strictEqual((yield* heard).zone, "Asia/Kolkata")
      yield* sql`DELETE FROM crm.members WHERE organization_id = 'org' AND user_id = 'bo'`
      const alone = yield* heard
      assert.deepStrictEqual([alone.members, alone.names], [1, ["Anna"]])
      assert.notDeepEqual(alone.points, before.points)
    }).pipe(Effect.provide(inSql), at(asOf)))
})
