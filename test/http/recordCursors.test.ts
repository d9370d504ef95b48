import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { type Random, random, seedOf } from "../../src/data/Random.ts"
import type { Caller } from "../../src/domain/Caller.ts"
import { deal, lead, member, noTables } from "../../src/testing/rows.ts"
import { caller } from "../support/TestApp.ts"
import { openWebApp, type WebApp } from "../support/WebApp.ts"

const timeframe = { preset: "custom", from: "2024-05-01", to: "2024-05-31", bucket: "month" }
const bySource = {
  instanceId: "w",
  metricId: "leads.created_over_time",
  chart: "bar",
  groupBy: "source",
  timeframe
}
const wonValue = { instanceId: "w", metricId: "deals.won_value_over_time", chart: "bar", timeframe }

const day = (chance: Random) => `2024-05-${String(chance.integer(1, 28)).padStart(2, "0")}`

/** The rows of these lists change between the pages of a list. */
const changing = () => ({
  members: [member("ana", "Ana"), member("bo", "Bo")],
  leads: Array.from(
    { length: 40 },
    (_, index) =>
      lead(`L${index}`, `2024-05-${String(1 + index % 28).padStart(2, "0")}`, {
        source: index < 32 ? `large ${index % 8}` : `small ${index % 4}`
      })
  ),
  deals: Array.from({ length: 20 }, (_, index) =>
    deal(`D${index}`, "2024-04-01", {
      status: "won",
      closedAt: Date.parse(`2024-05-${String(1 + index).padStart(2, "0")}T12:00:00Z`),
      price: 100_00n,
      currency: index < 12 ? "USD" : "EUR"
    }))
})

const at = { series: "~other" }
const ana = caller("admin", "ana")

let app: WebApp
beforeAll(() => {
  app = openWebApp({ ...noTables, ...changing() })
})
afterAll(() => app.close())

const pageIn = async (over: WebApp, one: Caller, body: object) => {
  const { json, status } = await over.call(one, "POST /crm-reports/metrics/records", { limit: 3, ...body })
  const { currency } = JSON.parse(JSON.stringify(json["meta"] ?? {}))
  const results = Array.isArray(json["results"]) ? json["results"] : []
  const ids: ReadonlyArray<string> = results.map(({ id }: { readonly id: string }) => id)
  return { code: json["code"], currency, ids, next: json["next"], status, total: json["total"] }
}

describe("the cursor of a list of records", () => {
  const asked = { widget: bySource, assigneeIds: ["ana"], at }

  it("the cursor works for the same caller and the same request", async () => {
    const { next } = await pageIn(app, ana, asked)
    const { ids, total } = await pageIn(app, ana, { ...asked, limit: 5, cursor: next })
    assert.deepStrictEqual([ids.length, total], [5, 8])
  })

  it.each([
    ["another person", caller("admin", "bo"), {}],
    ["another organization", caller("admin", "ana", "org_b"), {}],
    ["another widget", ana, { widget: { ...bySource, groupBy: "status" } }],
    ["another filter", ana, { widget: { ...bySource, filters: { source: ["small 1"] } } }],
    ["other people", ana, { assigneeIds: ["ana", "bo"] }],
    ["everyone", ana, { everyone: true }],
    ["another point", ana, { at: { series: "large 1" } }],
    ["another timeframe", ana, { timeframe: { preset: "this_year" } }],
    ["another filter of the view", ana, { filters: { source: ["small 1"] } }]
  ])("the cursor with %s gets 400", async (_name, one, change) => {
    const { next } = await pageIn(app, ana, asked)
    assert.strictEqual((await pageIn(app, one, { ...asked, ...change, cursor: next })).status, 400)
  })

  it("after a member has joined, the cursor of one process works in another that remembers the members before", async () => {
    const tables = changing()
    const [first, second] = [openWebApp({ ...noTables, ...tables }), openWebApp({ ...noTables, ...tables })]
    const list = { ...asked, everyone: true }
    assert.strictEqual((await pageIn(second, ana, list)).status, 200)
    tables.members.push(member("cy", "Cy"))
    const { ids, next } = await pageIn(first, ana, list)
    const page = await pageIn(second, ana, { ...list, cursor: next })
    assert.deepStrictEqual([page.status, page.ids.length], [200, 3])
    assert.deepStrictEqual(page.ids.filter((id) => ids.includes(id)), [])
    await Promise.all([first.close(), second.close()])
  })

  it("a cursor whose totals or seal were changed gets 400", async () => {
    const { next } = await pageIn(app, ana, asked)
    const [content = "", seal = ""] = String(next).split(".")
    const parts = JSON.parse(Buffer.from(content, "base64url").toString())
    parts[3] = [424_242, "424242", "0"]
    const invented = Buffer.from(JSON.stringify(parts)).toString("base64url")
    const other = Buffer.alloc(32).toString("base64url")
    const cursors = [invented, `${invented}.${seal}`, `${content}.${other}`, `${content}.`, content, `.${seal}`]
    const pages = await Promise.all(cursors.map((cursor) => pageIn(app, ana, { ...asked, cursor })))
    assert.deepStrictEqual(pages.map(({ status }) => status), cursors.map(() => 400))
  })
})

const changeRows = (chance: Random, tables: ReturnType<typeof changing>): void => {
  for (let index = 0; index < 15; index++) {
    const id = `new ${index}`
    const closedAt = Date.parse(`${day(chance)}T12:00:00Z`)
    tables.deals.push(deal(id, "2024-04-01", { status: "won", closedAt, price: 1_00n, currency: "EUR" }))
    tables.leads.push(lead(id, day(chance), { source: `small ${chance.integer(0, 1)}` }))
  }
  if (chance.chance(0.2)) tables.members.push(member("cy", "Cy"))
}

/** Reads all pages of a list. Rows change after the second page. Returns the last page, and the ids of all pages. */
const pagesFrom = async (
  read: (cursor: object) => ReturnType<typeof pageIn>,
  change: () => void,
  cursor: object = {},
  earlier: ReadonlyArray<ReadonlyArray<string>> = []
): Promise<{ readonly last: Awaited<ReturnType<typeof pageIn>>; readonly ids: ReadonlyArray<string> }> => {
  const last = await read(cursor)
  const pages = [...earlier, last.ids]
  if (pages.length === 2) change()
  return last.status === 200 && last.next !== null
    ? pagesFrom(read, change, { cursor: last.next }, pages)
    : { last, ids: pages.flat() }
}

/** Returns true if a page said that the list has changed. */
const hasChanged = async (trial: number): Promise<boolean> => {
  const chance = random(seedOf(trial, 5))
  const tables = changing()
  const over = openWebApp({ ...noTables, ...tables })
  const ofDeals = trial % 2 === 0
  const asked = { everyone: true, ...(ofDeals ? { widget: wonValue } : { widget: bySource, at }) }
  const whole = await pageIn(over, ana, { ...asked, limit: 200 })
  const sameList = { currency: whole.currency, total: whole.total }
  const { ids, last } = await pagesFrom(
    async (cursor) => {
      const page = await pageIn(over, ana, { ...asked, ...cursor })
      if (page.status === 200) assert.deepInclude(page, sameList, `trial ${trial}`)
      return page
    },
    () => changeRows(chance, tables)
  )
  await over.close()
  if (last.status !== 200) {
    assert.deepStrictEqual([last.status, last.code], [412, "list_changed"])
    return true
  }
  const isOfList = (id: string) =>
    ofDeals
      ? tables.deals.some((row) => row.dealId === id && row.currency === whole.currency)
      : tables.leads.some((row) => row.leadId === id && row.source?.startsWith("small"))
  assert.deepStrictEqual(ids.filter((id) => !id.startsWith("new")), whole.ids, `trial ${trial}`)
  assert.deepStrictEqual(ids.filter((id) => !isOfList(id)), [])
  assert.strictEqual(new Set(ids).size, ids.length)
  return false
}

const countChanged = async (trials: number): Promise<number> =>
  trials === 0 ? 0 : Number(await hasChanged(trials)) + await countChanged(trials - 1)

describe("pages of records while rows change", () => {
  it("100 lists are each one set of records, or a page says that the list has changed", async () => {
    const changed = await countChanged(100)
    assert.isAbove(changed, 5)
    assert.isBelow(changed, 50)
  })
})
