import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Design } from "../../../src/domain/Design.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"
import { english } from "../../wishes/english.ts"
import { german } from "../../wishes/german.ts"
import { laterWishes } from "../../wishes/laterWishes.ts"
import { salesWishes } from "../../wishes/salesWishes.ts"
import { callerOf, faultsOf, tables } from "../../wishes/score.ts"
import { spanish } from "../../wishes/spanish.ts"
import { unseenWishes } from "../../wishes/unseenWishes.ts"
import type { Wish } from "../../wishes/Wish.ts"
import { wishes } from "../../wishes/wishes.ts"

let app: WebApp
beforeAll(() => {
  app = openWebApp(tables)
})
afterAll(() => app.close())

const decode = Schema.decodeUnknownSync(Design)
const inThreeLanguages = [...english, ...spanish, ...german]
const all = [...wishes, ...laterWishes, ...inThreeLanguages, ...salesWishes, ...unseenWishes]

const designed = async (wish: Wish) => {
  const { json, status } = await app.call(callerOf(wish), "POST /crm-reports/design", { prompt: wish.wish })
  assert.strictEqual(status, 200)
  return decode(json)
}

const failing = async (list: ReadonlyArray<Wish>) => {
  const found = await Promise.all(list.map(async (wish) => {
    const design = await designed(wish)
    return { wish: wish.wish, faults: faultsOf(wish, design), untold: design.notUnderstood }
  }))
  return found.filter(({ faults }) => faults.length > 0)
}

const told = ({ faults, wish }: Awaited<ReturnType<typeof failing>>[number]) => `${wish}: ${faults.join(", ")}`

describe("wishes answered by search", () => {
  const named = all.map((wish) => [wish.wish, wish] as const)
  it.each(named)("the draft for the wish “%s” can be saved as a report", async (_text, wish) => {
    const { by, draft } = await designed(wish)
    assert.strictEqual(by, "search")
    assert.strictEqual((await app.call(callerOf(wish), "POST /crm-reports", draft)).status, 201)
  })

  it.each(named)("a member's draft for the wish “%s” has no admin-only metric", async (_text, wish) => {
    const asMember = { ...wish, role: "member" } as const
    const { draft } = await designed(asMember)
    const catalog = await app.call(callerOf(asMember), "GET /crm-reports/catalog")
    for (const { metricId } of draft.layout.widgets) assert.include(catalog.text, `"id":"${metricId}"`)
  })

  it("each of the 44 wishes gets a draft with the right metrics, window, grouping and filters", async () => {
    assert.strictEqual(wishes.length, 44)
    const failed = await failing(wishes)
    assert.deepStrictEqual(failed.map(told), [])
  })

  it("each of the 60 wishes of sales people gets the right draft", async () => {
    assert.strictEqual(salesWishes.length, 60)
    assert.deepStrictEqual((await failing(salesWishes)).map(told), [])
  })

  it("59 of the 60 wishes that were run only after the search was finished get the right draft", async () => {
    const failed = await failing(unseenWishes)
    assert.strictEqual(unseenWishes.length - failed.length, 59, failed.map(told).join("\n"))
  })

  it("12 of the 15 wishes that were written after the first words of the search get the right draft", async () => {
    const failed = await failing(laterWishes)
    assert.strictEqual(laterWishes.length - failed.length, 12, failed.map(told).join("\n"))
  })

  it("each of the 60 wishes in English, Spanish and German gets the right draft", async () => {
    assert.deepStrictEqual([english.length, spanish.length, german.length], [20, 20, 20])
    assert.deepStrictEqual((await failing(inThreeLanguages)).map(told), [])
  })

  it("a wrong draft lists what was not understood", async () => {
    const silent = (await failing(all)).filter(({ untold }) => untold.length === 0)
    assert.deepStrictEqual(silent.map(told), [])
  })

  it("a wish gets the same draft every time", async () => {
    const once = () => Promise.all(wishes.map(designed))
    assert.deepStrictEqual(await once(), await once())
  })
})
