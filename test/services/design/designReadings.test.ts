import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { Design } from "../../../src/domain/Design.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"
import { tables } from "../../wishes/score.ts"

let app: WebApp
beforeAll(() => {
  app = openWebApp(tables)
})
afterAll(() => app.close())

const decode = Schema.decodeUnknownSync(Design)

const design = async (prompt: string) => {
  const { json } = await app.call(caller("admin", "ana"), "POST /crm-reports/design", { prompt })
  const { draft: { layout: { widgets } }, notes, notUnderstood } = decode(json)
  return { cards: widgets.map(({ metricId, timeframe }) => [metricId, timeframe?.preset]), notes, notUnderstood }
}

describe("what a draft tells about the reading of a wish", () => {
  it.each([
    ["facturación este mes", "“facturación” has several meanings. It was read as in “Won value”."],
    ["pipline by stage", "“pipline” was read as “pipeline”."],
    ["my calls this week", "choose yourself under people"],
    ["agents with the fewest calls", "A ranking begins with the highest value."],
    ["top 5 agents by revenue", "does not limit a ranking to 5 rows"],
    ["revenue target this quarter", "The cards show the targets that an admin has set."],
    ["VIP leads, and calls", "The filter VIP does not apply to: Calls"]
  ])("a note says how “%s” was read", async (prompt, note) => {
    const { cards, notes } = await design(prompt)
    assert.isNotEmpty(cards)
    assert.include(notes.join(" "), note)
  })

  it("a wish with two subjects and two timeframes gets both", async () => {
    assert.deepStrictEqual((await design("new leads this month and deals won last quarter")).cards, [
      ["leads.created_over_time", "this_month"],
      ["deals.won_over_time", "last_quarter"]
    ])
  })

  it("a filter after the first of two subjects belongs only to it", async () => {
    const { notes, notUnderstood } = await design("leads from the portal, and all calls")
    assert.deepStrictEqual([notes.slice(1), notUnderstood], [[], []])
  })
})
