import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Design } from "../../../src/domain/Design.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"
import { lists } from "../../wishes/lists.ts"
import { callerOf, faultsOf, tables } from "../../wishes/score.ts"
import type { Wish } from "../../wishes/Wish.ts"
import { wishes } from "../../wishes/wishes.ts"

let app: WebApp
beforeAll(() => {
  app = openWebApp(tables)
})
afterAll(() => app.close())

const decode = Schema.decodeUnknownSync(Design)
const all = lists.flatMap((list) => list.wishes)

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

  it.each(lists)("as many of the $name get the right draft as docs/design.md says: $right", async (list) => {
    const failed = await failing(list.wishes)
    assert.strictEqual(list.wishes.length - failed.length, list.right, failed.map(told).join("\n"))
  })

  it("the lists have 659 wishes", () => {
    assert.strictEqual(all.length, 659)
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
