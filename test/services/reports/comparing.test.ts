import { afterAll, assert, describe, it } from "@effect/vitest"
import { gateCases, yearOf } from "../../proof/gateCases.ts"
import { now } from "../../support/randomTables.ts"
import { openSales, person } from "../../support/targets.ts"
import { openWebApp } from "../../support/WebApp.ts"

const app = openSales()
afterAll(() => app.close())

const ana = person("ana", "admin")
const bo = person("bo")

const place = { x: 0, y: 0, w: 4, h: 2 }
const widgets = {
  total: { ...place, instanceId: "total", metricId: "leads.total", chart: "stat" },
  count: { ...place, instanceId: "count", metricId: "deals.won_over_time", chart: "bar" },
  rate: { ...place, instanceId: "rate", metricId: "deals.win_rate", chart: "stat" },
  agents: { ...place, instanceId: "agents", metricId: "team.won_value_by_agent", chart: "leaderboard" },
  sources: { ...place, instanceId: "sources", metricId: "leads.by_source", chart: "bar" }
}

const october = (from: number, to: number, bucket = "day") => ({
  preset: "custom",
  from: `2026-10-${String(from).padStart(2, "0")}`,
  to: `2026-10-${String(to).padStart(2, "0")}`,
  bucket
})

const frozen = async (body: object, shown: ReadonlyArray<object> = Object.values(widgets), caller = ana) => {
  const report = { title: "Sales", visibility: "organization", layout: { widgets: shown } }
  const { json } = await app.call(caller, "POST /crm-reports", report)
  const answer = await app.call(caller, `POST /crm-reports/${String(json["id"])}/snapshots`, body)
  assert.strictEqual(answer.status, 201)
  return String(answer.json["id"])
}

const compared = (id: string, other: string, caller = ana) =>
  app.call(caller, `GET /crm-reports/snapshots/${id}/compare?with=${other}`)

interface Row {
  readonly key: string
  readonly value: number | null
  readonly other: number | null
  readonly difference: number | null
  readonly percent: number | null
}

interface Widget {
  readonly instanceId: string
  readonly points: ReadonlyArray<Row>
  readonly incomparable?: { readonly reason: string }
}

const widgetsOf = ({ text }: { readonly text: string }): ReadonlyArray<Widget> => JSON.parse(text).widgets

const rowsOf = async (id: string, other: string, instanceId: string) =>
  widgetsOf(await compared(id, other)).find((widget) => widget.instanceId === instanceId)?.points.map((
    { difference, key, other, percent, value }
  ) => [key, value, other, difference, percent])

describe("a comparison of snapshots", () => {
  it("a snapshot compared with itself has no difference", async () => {
    const id = await frozen({ timeframe: october(1, 10), everyone: true })
    const rows = widgetsOf(await compared(id, id)).flatMap(({ points }) => points)
    assert.isAbove(rows.length, 10)
    for (const { difference, other, value } of rows) {
      assert.strictEqual(other, value)
      assert.strictEqual(difference, value === null ? null : 0)
    }
  })

  it("numbers of both sides are compared by position, category and person", async () => {
    const first = await frozen({ timeframe: october(1, 3), everyone: true })
    const second = await frozen({ timeframe: october(8, 9), everyone: true })
    assert.deepStrictEqual(await rowsOf(first, second, "total"), [["", 2, 0, -2, -100]])
    assert.deepStrictEqual(await rowsOf(first, second, "count"), [
      ["2026-10-01", 0, 1, 1, null],
      ["2026-10-02", 1, 2, 1, 100],
      ["2026-10-03", 0, null, null, null]
    ])
    assert.deepStrictEqual(await rowsOf(first, second, "agents"), [
      ["ana", 1_000, 2_500, 1_500, 150],
      ["bo", 0, 1_500, 1_500, null],
      ["ed", 0, 0, 0, null]
    ])
    assert.deepStrictEqual(await rowsOf(first, second, "sources"), [
      ["~none", 1, 0, -1, -100],
      ["web", 1, 0, -1, -100]
    ])
    assert.deepStrictEqual(await rowsOf(first, second, "rate"), [["", 100, 100, 0, null]])
  })

  it("if the sides are swapped, each difference changes its sign", async () => {
    const first = await frozen({ timeframe: october(1, 9), everyone: true })
    const second = await frozen({ timeframe: october(2, 8), everyone: true })
    const [there, back] = [widgetsOf(await compared(first, second)), widgetsOf(await compared(second, first))]
    const differences = (found: ReadonlyArray<Widget>, sign: number) =>
      found.map(({ points }) => points.map(({ difference }) => difference && difference * sign).toSorted())
    assert.deepStrictEqual(differences(there, 1), differences(back, -1))
  })

  it.each<readonly [reason: string, body: object, change: object]>([
    ["scope", { everyone: false, assigneeIds: ["bo"] }, {}],
    ["time_zone", { timeframe: { ...october(1, 9), timeZone: "America/Havana" } }, {}],
    ["week_start", { timeframe: { ...october(1, 9), weekStart: 7 } }, {}],
    ["metric", {}, { metricId: "leads.created_over_time" }],
    ["group_by", {}, { metricId: "deals.won_over_time", groupBy: "assignee" }],
    ["bucket", { timeframe: october(1, 9, "week") }, {}],
    ["error", {}, { timeframe: { preset: "custom" } }],
    ["missing", {}, { instanceId: "renamed" }]
  ])("two snapshots of another %s are incomparable", async (reason, body, change) => {
    const all = { timeframe: october(1, 9), everyone: true }
    const id = await frozen(all, [widgets.count])
    const stored = { ...widgets.count, ...change }
    const other = await frozen({ ...all, ...body }, [stored])
    const [widget] = widgetsOf(await compared(id, other))
    assert.deepStrictEqual([widget?.incomparable?.reason, widget?.points], [reason, []])
  })

  it("cohorts of different numbers of days are incomparable, and the usual number may be left out", async () => {
    const cohorts = { ...widgets.count, metricId: "leads.conversion_by_cohort", chart: "line" }
    const first = await frozen({}, [cohorts])
    const others = [await frozen({}, [{ ...cohorts, within: 90 }]), await frozen({}, [{ ...cohorts, within: 30 }])]
    const reasonWith = async (other: string) => widgetsOf(await compared(first, other))[0]?.incomparable?.reason
    assert.deepStrictEqual(await Promise.all(others.map(reasonWith)), [undefined, "within"])
  })

  it("two snapshots are incomparable if they have other weights of stages, also if only a stage with a weight of 0 is new", async () => {
    const weighted = { ...place, instanceId: "weighted", metricId: "deals.weighted_pipeline", chart: "stat" }
    const withWeights = async (weights: object) => {
      assert.strictEqual((await app.call(ana, "PUT /crm-reports/settings/stage-weights", weights)).status, 200)
      return frozen({ everyone: true }, [weighted])
    }
    const first = await withWeights({ offer: 50, qualified: 10 })
    const same = await withWeights({ qualified: 10, offer: 50 })
    const others = [
      await withWeights({ offer: 60, qualified: 10 }),
      await withWeights({ offer: 50, qualified: 10, won: 0 })
    ]
    const reasonWith = async (other: string) => widgetsOf(await compared(first, other))[0]?.incomparable?.reason
    assert.deepStrictEqual(await Promise.all([same, ...others, "live"].map(reasonWith)), [
      undefined,
      "weights",
      "weights",
      "weights"
    ])
  })
})

describe("a comparison with now", () => {
  it("a snapshot that nothing has changed since has no difference", async () => {
    const id = await frozen({ timeframe: october(1, 9), assigneeIds: ["bo", "ana"] })
    const found = widgetsOf(await compared(id, "live"))
    assert.strictEqual(found.length, 5)
    for (const { incomparable, points } of found) {
      assert.isUndefined(incomparable)
      assert.isTrue(points.every(({ other, value }) => other === value))
    }
  })

  it("an admin compares a member's snapshot with the numbers of that member", async () => {
    const id = await frozen({ timeframe: october(1, 9) }, [widgets.total], bo)
    const [widget] = widgetsOf(await compared(id, "live"))
    assert.deepStrictEqual(widget?.points.map(({ other, value }) => [value, other]), [[1, 1]])
  })

  it("a member cannot compare a snapshot of somebody else, nor with one", async () => {
    const theirs = await frozen({ everyone: true })
    const own = await frozen({}, [widgets.total], bo)
    const stranger = person("zoe", "admin", "other")
    const asked = [compared(theirs, own, bo), compared(own, theirs, bo), compared(own, own, stranger)]
    for (const { json, status } of await Promise.all(asked)) {
      assert.deepStrictEqual([status, json["code"]], [404, "snapshot_not_found"])
    }
    assert.strictEqual((await compared(own, "yesterday", bo)).status, 400)
  })

  it.each(gateCases)("rows outside the scope change nothing in a comparison of the $caller.role", async (question) => {
    const { widgets, ...selection } = yearOf(question, 9)
    const { caller } = question
    const answers = [question.tables, question.visible, question.among].map(async (tables) => {
      const app = openWebApp(tables, { now: new Date(now) })
      const layout = { widgets: widgets.map((widget) => ({ ...widget, ...place })) }
      const report = await app.call(caller, "POST /crm-reports", { title: "Gate", layout })
      const { json } = await app.call(caller, `POST /crm-reports/${String(report.json["id"])}/snapshots`, selection)
      const { text } = await app.call(caller, `GET /crm-reports/snapshots/${String(json["id"])}/compare?with=live`)
      await app.close()
      return widgetsOf({ text })
    })
    const [found, alone, among] = await Promise.all(answers)
    assert.isAbove(found?.filter(({ incomparable }) => incomparable === undefined).length ?? 0, 5)
    assert.deepStrictEqual(alone, found)
    assert.deepStrictEqual(among, found)
  })
})
