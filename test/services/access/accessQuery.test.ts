import { assert, describe, it, layer } from "@effect/vitest"
import { Duration, Effect, Exit, Fiber, Layer, Option } from "effect"
import { SqlClient } from "effect/sql"
import { TestClock } from "effect/testing"
import { writeTables } from "../../../src/data/writeTables.ts"
import { OrgId } from "../../../src/domain/Ids.ts"
import type { RunRequest } from "../../../src/domain/Run.ts"
import { TimedOut } from "../../../src/domain/Unavailable.ts"
import { metricsById } from "../../../src/metrics/all.ts"
import { withAccessQuery } from "../../../src/services/access/accessQuery.ts"
import { Catalog } from "../../../src/services/access/Catalog.ts"
import { Gating } from "../../../src/services/access/Gating.ts"
import { accessQueryFor, Organizations } from "../../../src/services/access/Organizations.ts"
import * as Database from "../../../src/services/database/Database.ts"
import { Goals } from "../../../src/services/goals/Goals.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { questionsOf } from "../../proof/questions.ts"
import { everyForm, people, planFor, statementOf, thisMonth } from "../../proof/statements.ts"
import { ask, inMemory, runner } from "../../support/ask.ts"
import { admin, essence } from "../../support/counted.ts"
import { folderWithDatabase } from "../../support/folderWithDatabase.ts"
import { asOf, office } from "../../support/office.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { randomTables } from "../../support/randomTables.ts"
import { recording, type Sent } from "../../support/recording.ts"

const overSql = Layer.provide([MetricSource.layerSql, Organizations.layerSql])
const inSql = overSql(runner)
const hasty = MetricRunner.layer.pipe(Layer.provide([Goals.layerMemory, Gating.layer, Catalog.layer]))

const widgetsOf = (...metricIds: ReadonlyArray<string>): RunRequest["widgets"] =>
  metricIds.map((metricId) => ({
    instanceId: metricId,
    metricId,
    chart: metricsById.get(metricId)?.charts[0] ?? "stat"
  }))

const organizationId = OrgId.make("org_demo")

/** Each statement contains an access query, which is about one person in every second statement, else about two. */
const everyRide = everyForm.map((asked, index) => {
  const about = index % 2 === 0 ? "user_8" : ["user_8", "user_9"]
  return { asked, about, ...withAccessQuery(statementOf(asked), accessQueryFor(organizationId, [about].flat())) }
})

/** Fails if PostgreSQL cannot plan one of the statements. */
const planned = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  for (const { params, text } of everyRide) {
    yield* sql.unsafe(`EXPLAIN ${text}`, params).unprepared
  }
})

const tablesIn = ({ text }: Sent) => ["members", "calls", "leads"].filter((table) => text.includes(`crm.${table} `))

describe("the access query", () => {
  it("the access query takes the organization from `$1` and the people from one added parameter", () => {
    for (const { about, asked, params, text } of everyRide) {
      assert.deepStrictEqual(params, [...statementOf(asked).params, about])
      const question = text.slice(text.indexOf("json_build_object"))
      const place = `$${params.length}::text`
      assert.include(question, `AND m.user_id = ${about === "user_8" ? place : `ANY (${place}[])`}\n))::text AS answer`)
      const bound = [...question.matchAll(/\b(\w+)\.organization_id = \$1(?!\d)/g)].map(([, alias]) => alias)
      assert.deepStrictEqual(bound, ["o", "m"])
      assert.strictEqual([...question.matchAll(/\bcrm\./g)].length, 2)
    }
  })
  it.effect("the access query is a separate statement in the first run only", () =>
    Effect.gen(function*() {
      const sent: Array<Sent> = []
      const client = recording(sent)
      yield* Effect.gen(function*() {
        const request = { widgets: widgetsOf("calls.by_outcome", "leads.by_status") }
        yield* ask({ caller: admin, request })
        yield* ask({ caller: admin, request })
      }).pipe(Effect.provide(inSql.pipe(Layer.provide(client))))
      const asked = sent.map((one) => tablesIn(one).join())
      assert.deepStrictEqual([asked.slice(0, 3), asked.slice(3)], [
        ["members", "calls", "leads"],
        ["members,calls", "leads"]
      ])
    }))
  it.effect("the access query is a separate statement if it reads another organization than the widget's statement", () =>
    Effect.gen(function*() {
      const sent: Array<Sent> = []
      const client = recording(sent)
      yield* Effect.gen(function*() {
        const source = yield* MetricSource
        const organizations = yield* Organizations
        const plan = planFor({ id: "calls.by_outcome", groupBy: undefined, timeframe: thisMonth, userIds: people(2) })
        const last = { organization: plan.scope.organization, members: [], fingerprint: "" }
        const check = yield* organizations.revalidate(OrgId.make("org_other"), ["ana"], last)
        yield* (yield* source.open(plan.scope, check)).rows(plan)
        yield* check.answer
      }).pipe(Effect.provide(Layer.mergeAll(MetricSource.layerSql, Organizations.layerSql).pipe(Layer.provide(client))))
      assert.deepStrictEqual(sent.map(({ params }) => params[0]), ["org_demo", "org_other"])
    }))
  /** Makes two runs. During the second run, statements that match `isHung` get no answer, and 20 seconds pass. */
  const hung = (
    metricIds: Iterable<string>,
    isHung: (text: string) => boolean,
    meanwhile: (asked: Fiber.Fiber<unknown>) => Effect.Effect<void> = () => Effect.void
  ) =>
    Effect.gen(function*() {
      const sent: Array<Sent> = []
      let isWarm = false
      const client = recording(
        sent,
        (rows) => isWarm && isHung(sent.at(-1)?.text ?? "") ? Effect.never : Effect.succeed(rows)
      )
      const asked = yield* Effect.gen(function*() {
        const request = { widgets: widgetsOf(...metricIds) }
        yield* ask({ caller: admin, request })
        sent.splice(0)
        isWarm = true
        const asked = yield* Effect.forkChild(Effect.exit(ask({ caller: admin, request })))
        yield* Effect.andThen(Effect.yieldNow, meanwhile(asked))
        yield* TestClock.adjust("20 seconds")
        return asked.pollUnsafe()
      }).pipe(Effect.provide(overSql(hasty).pipe(Layer.provide(client))))
      return { asked: asked ?? Exit.fail("runs"), sent: sent.map((one) => tablesIn(one).join()) }
    })
  it.effect("a run fails with TimedOut when the access query gets no answer", () =>
    Effect.gen(function*() {
      const { asked } = yield* hung(metricsById.keys(), () => true)
      assert.deepStrictEqual(Exit.map(asked, Exit.findErrorOption), Exit.succeed(Option.some(new TimedOut())))
    }))
  it.effect("the access query is not sent again after the caller has disconnected", () =>
    Effect.gen(function*() {
      const { sent } = yield* hung(["calls.by_outcome", "leads.by_status"], () => true, Fiber.interrupt)
      assert.deepStrictEqual(sent, ["members,calls", "leads"])
    }))
  it.effect("the access query is sent again as a separate statement when the first widget times out", () =>
    Effect.gen(function*() {
      const { asked, sent } = yield* hung(
        ["calls.by_outcome", "leads.by_status"],
        (text) => text.includes("crm.calls ")
      )
      assert.deepStrictEqual(sent, ["members,calls", "leads", "members"])
      const faults = Exit.map(asked, Exit.map((series) => series.map(({ error }) => error?.code)))
      assert.deepStrictEqual(faults, Exit.succeed(Exit.succeed(["timeout", undefined])))
    }))
  it.live("the embedded database accepts every statement shape with the access query in it", () =>
    Effect.gen(function*() {
      const dataFolder = yield* folderWithDatabase
      const settings = { url: Option.none(), dataFolder, maxConnections: 10, connectFor: Duration.seconds(1) }
      yield* Effect.provide(planned, Database.layerOf(settings))
    }))
})

layer(postgresTest, { excludeTestServices: true })("the access query in PostgreSQL", (it) => {
  it.effect("PostgreSQL accepts every statement shape with the access query in it", () => planned)

  it.effect("a statement that contains the access query gives the same numbers as counting in memory", () =>
    Effect.gen(function*() {
      const tables = randomTables(6)
      yield* writeTables(tables)
      const questions = questionsOf(6, tables)
      const sizes = new Set<number>()
      for (const { caller, request } of questions) {
        const memory = yield* Effect.provide(ask({ caller, request }), inMemory(tables))
        for (const [index, widget] of request.widgets.entries()) {
          const [series] = yield* ask({ caller, request: { ...request, widgets: [widget] } })
          assert.deepStrictEqual(series, memory[index])
          sizes.add(series?.meta.scope.members ?? 0)
        }
      }
      // The statement shape depends on the number of people: one, few, or more than eight.
      assert.deepStrictEqual([...sizes].toSorted((a, b) => a - b), [0, 1, 2, 7, 9])
    }).pipe(Effect.provide(inSql), fixedClock(asOf)))

  it.effect("a changed name, a changed time zone and a deleted member take effect in the next run", () =>
    Effect.gen(function*() {
      yield* writeTables(office)
      const sql = yield* SqlClient.SqlClient
      const request = {
        assigneeIds: ["ana", "bo"],
        widgets: widgetsOf("team.leads_by_agent", "leads.created_over_time"),
        timeframe: { preset: "last_90d", bucket: "month" }
      }
      const heard = Effect.map(ask({ caller: admin, request }), ([team, leads]) => ({
        names: (team?.points ?? []).flatMap((point) => "label" in point ? [point.label] : []).toSorted(),
        members: team?.meta.scope.members,
        zone: leads?.meta.window?.timeZone,
        points: leads === undefined ? [] : essence(leads)
      }))
      const before = yield* heard
      assert.deepStrictEqual([before.members, before.names], [2, ["Ana", "Bo"]])
      yield* sql`UPDATE crm.members SET name = 'Anna' WHERE organization_id = 'org' AND user_id = 'ana'`
      assert.deepStrictEqual(yield* heard, { ...before, names: ["Anna", "Bo"] })
      yield* sql`UPDATE crm.organizations SET time_zone = 'Asia/Kolkata' WHERE organization_id = 'org'`
      assert.strictEqual((yield* heard).zone, "Asia/Kolkata")
      yield* sql`DELETE FROM crm.members WHERE organization_id = 'org' AND user_id = 'bo'`
      const alone = yield* heard
      assert.deepStrictEqual([alone.members, alone.names], [1, ["Anna"]])
      assert.notDeepEqual(alone.points, before.points)
    }).pipe(Effect.provide(inSql), fixedClock(asOf)))
})
