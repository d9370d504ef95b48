import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { member, noTables } from "../../src/testing/rows.ts"
import { layout } from "../conformance/people.ts"
import { caller } from "../support/TestApp.ts"
import { openWebApp, type WebApp } from "../support/WebApp.ts"

const ana = caller("member", "ana")
const admin = caller("admin", "ana")

let app: WebApp
beforeAll(() => {
  app = openWebApp({ ...noTables, members: [member("ana", "Ana"), member("", "Nobody's id")] })
})
afterAll(() => app.close())

const resultsOf = ({ json }: Awaited<ReturnType<WebApp["call"]>>): ReadonlyArray<{ readonly error?: unknown }> =>
  Array.isArray(json["results"]) ? json["results"] : []

const weighing = (bytes: number) => {
  const bare = { ...layout, pad: "" }
  return { ...bare, pad: "x".repeat(bytes - JSON.stringify(bare).length) }
}

describe("limits of a request", () => {
  it("a page of a list has 20 reports by default and 100 at most", async () => {
    const many = Array.from({ length: 101 }, (_, index) => ({ title: `Report ${index}`, layout }))
    await Promise.all(many.map((report) => app.call(ana, "POST /crm-reports", report)))
    const lengthOf = async (query: string) => resultsOf(await app.call(ana, `GET /crm-reports${query}`)).length
    assert.deepStrictEqual([await lengthOf(""), await lengthOf("?limit=100"), await lengthOf("?limit=101")], [
      20,
      100,
      0
    ])
  })

  it("a report may have a layout of 256 KiB but not of one byte more", async () => {
    const statusOf = async (bytes: number) =>
      (await app.call(ana, "POST /crm-reports", { title: "t", layout: weighing(bytes) })).status
    assert.deepStrictEqual([await statusOf(256 * 1024), await statusOf(256 * 1024 + 1)], [201, 400])
  })

  it("a report may have a default timeframe of 4 KiB but not of one byte more", async () => {
    const statusOf = async (bytes: number) => {
      const bare = { preset: "today", pad: "" }
      const defaultTimeframe = { ...bare, pad: "x".repeat(bytes - JSON.stringify(bare).length) }
      return (await app.call(ana, "POST /crm-reports", { title: "t", layout, defaultTimeframe })).status
    }
    assert.deepStrictEqual([await statusOf(4 * 1024), await statusOf(4 * 1024 + 1)], [201, 400])
  })

  it("a run gets 400 when a widget has more than 64 filters or more than 1,000 filter values", async () => {
    const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, key) => [`k${key}`, "x"]))
    const widget = { instanceId: "w", metricId: "leads.total", chart: "stat" }
    const run = (filters: object) =>
      app.call(ana, "POST /crm-reports/metrics/run", {
        widgets: [{ ...widget, filters }, { ...widget, instanceId: "other" }]
      })
    const values = (count: number) => ({ source: Array.from({ length: count }, String) })
    const strange = { source: 2 ** 60, budget: 1e300, tag: ["\u0000", { a: [[[[1]]]] }] }
    const asked = [keys(64), keys(65), values(1_000), values(1_001), strange]
    const answers = await Promise.all(asked.map(run))
    assert.deepStrictEqual(answers.map(({ status }) => status), [200, 400, 200, 400, 200])
    assert.deepStrictEqual(answers.map((answer) => resultsOf(answer).map(({ error }) => error)).at(-1), [
      undefined,
      undefined
    ])
  })
})

describe("unusual input", () => {
  it("an admin can choose a member whose id is empty", async () => {
    const widgets = [{ instanceId: "w", metricId: "leads.total", chart: "stat" }]
    const answer = await app.call(admin, "POST /crm-reports/metrics/run", { widgets, assigneeIds: ["", "ana"] })
    assert.strictEqual(answer.status, 200)
    assert.include(answer.text, `"members":2`)
  })

  it("a report stores the unknown fields of its default timeframe", async () => {
    const defaultTimeframe = { bucket: "week", zz: { a: [1] }, preset: "today" }
    const { json } = await app.call(ana, "POST /crm-reports", { title: "t", layout, defaultTimeframe })
    assert.strictEqual(JSON.stringify(json["defaultTimeframe"]), JSON.stringify(defaultTimeframe))
    const frozen = await app.call(ana, `POST /crm-reports/${String(json["id"])}/snapshots`, {})
    assert.strictEqual(frozen.status, 201)
  })
})
