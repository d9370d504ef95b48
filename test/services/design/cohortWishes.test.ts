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
  const { draft: { layout: { widgets } }, notUnderstood, understood } = decode(json)
  return {
    cards: widgets.map(({ metricId }) => metricId),
    days: widgets.map(({ within }) => within),
    notUnderstood,
    understood
  }
}

describe("a wish for cohorts", () => {
  it.each([
    ["cohorts by month", undefined],
    ["Conversion by cohort", undefined],
    ["share of leads that become clients within 60 days", 60],
    ["conversion within three months", 90],
    ["Kohorten", undefined],
    ["Konversion innerhalb von 30 Tagen", 30],
    ["conversión dentro de 180 días", 180],
    ["cohortes de leads", undefined]
  ])("the wish “%s” gets the conversion by cohort", async (prompt, within) => {
    const { cards, days, notUnderstood } = await design(prompt)
    assert.deepStrictEqual([cards, days, notUnderstood], [["leads.conversion_by_cohort"], [within], []])
  })

  it("a number of days that cohorts do not have is not understood, and in other wishes it is not one of them", async () => {
    assert.deepStrictEqual((await design("conversion within 45 days")).notUnderstood, ["within 45 days"])
    assert.notInclude((await design("calls within 30 days")).cards, "leads.conversion_by_cohort")
  })

  it("the draft says which number of days it has", async () => {
    assert.include((await design("conversion within 60 days")).understood, "Conversion by cohort, within 60 days")
  })
})
