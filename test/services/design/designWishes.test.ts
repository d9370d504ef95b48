import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Design } from "../../../src/domain/Design.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"
import { laterWishes } from "../../wishes/laterWishes.ts"
import { callerOf, faultsOf, tables } from "../../wishes/score.ts"
import type { Wish } from "../../wishes/Wish.ts"
import { wishes } from "../../wishes/wishes.ts"

let app: WebApp
beforeAll(() => {
  app = openWebApp(tables)
})
afterAll(() => app.close())

const decode = Schema.decodeUnknownSync(Design)
const all = [...wishes, ...laterWishes]

const designed = async (wish: Wish) => {
  const { json, status } = await app.call(callerOf(wish), "POST /crm-reports/design", { prompt: wish.wish })
  assert.strictEqual(status, 200)
  return decode(json)
}

const failing = async (list: ReadonlyArray<Wish>) => {
  const found = await Promise.all(list.map(async (wish) => ({ wish, faults: faultsOf(wish, await designed(wish)) })))
  return found.filter(({ faults }) => faults.length > 0).map(({ faults, wish }) => `${wish.wish}: ${faults.join(", ")}`)
}

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

  it("each of the 40 wishes gets a draft with the right metrics, window, grouping and filters", async () => {
    assert.strictEqual(wishes.length, 40)
    const failed = await failing(wishes)
    assert.deepStrictEqual(failed, [])
  })

  it("8 of the 15 wishes that were written after src/design/vocabulary.ts get the right draft", async () => {
    const failed = await failing(laterWishes)
    assert.strictEqual(laterWishes.length - failed.length, 8, failed.join("\n"))
  })

  it("a wish gets the same draft every time", async () => {
    const once = () => Promise.all(wishes.map(designed))
    assert.deepStrictEqual(await once(), await once())
  })
})
