import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { timeframeOf } from "../../../src/design/timeframeOf.ts"
import { wordsOf } from "../../../src/design/words.ts"
import * as Calendar from "../../../src/domain/Calendar.ts"
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
const design = async (prompt: string) =>
  decode((await app.call(caller("admin", "ana"), "POST /crm-reports/design", { prompt })).json)

const today = { day: Calendar.parseDate("2024-06-12") ?? 0, weekStart: 1 }
const read = (wish: string) => {
  const { fixed, replaced, rest, span } = timeframeOf(wordsOf(wish), today)
  return {
    span: span?.preset === "custom" ? `${span.from} ${span.to}` : span?.preset,
    told: replaced,
    fixed,
    rest: rest.map(({ text }) => text).join(" ")
  }
}

describe("timeframes in words", () => {
  it.each([
    ["leads last 18 months", "2023-01-01 2024-06-12", "leads"],
    ["leads der letzten 6 Wochen", "2024-05-02 2024-06-12", "leads"],
    ["leads en los últimos 3 trimestres", "2023-10-01 2024-06-12", "leads"],
    ["leads past ten days", "2024-06-03 2024-06-12", "leads"],
    ["leads de los 2 años anteriores", "2023-01-01 2024-06-12", "leads"]
  ])("“%s” has the days until today, and says that they stay", (wish, span, rest) => {
    const { fixed, ...found } = read(wish)
    assert.deepStrictEqual(found, { span, told: undefined, rest })
    assert.isDefined(fixed)
  })

  it.each([
    ["last 7 days", "last_7d", undefined],
    ["letzte 12 Monate", "last_12m", undefined],
    ["next 90 days", "next_90d", undefined],
    ["próximos 3 meses", "next_90d", undefined],
    ["next 2 weeks", "next_month", "next 2 weeks"],
    ["last 0 days", "last_7d", "last 0 days"],
    ["last 999 years", "all_time", "last 999 years"]
  ])("“%s” gets the preset %s, and is told if it is not exactly as long", (wish, span, told) => {
    assert.deepStrictEqual(read(wish), { span, told, fixed: undefined, rest: "" })
  })

  it.each([
    ["leads in March and in April by source", "2024-03-01 2024-04-30", "leads by source"],
    ["leads im November, Dezember und Januar", "2023-11-01 2024-01-31", "leads"],
    ["leads en octubre y noviembre de 2022", "2022-10-01 2022-11-30", "leads"],
    ["leads Q1 and Q2", "2024-01-01 2024-06-30", "leads"],
    ["leads since the first of May", "2024-05-01 2024-06-12", "leads"],
    ["leads in March and May", "2024-03-01 2024-03-31", "leads May"]
  ])("the dates in “%s” are one span only if they have no gap", (wish, span, rest) => {
    assert.deepStrictEqual(read(wish), { span, told: undefined, fixed: undefined, rest })
  })

  it("a draft with fixed dates says so", async () => {
    const { notes, notUnderstood } = await design("won value of the last 14 days")
    assert.deepStrictEqual(notUnderstood, [])
    assert.include(notes.join(" "), "“of the last 14 days” are fixed")
  })

  it.each(["leads nobody owns", "leads sin asignar", "Leads ohne Zuständigen"])(
    "a draft for “%s” tells what it cannot do, and how a reader does it",
    async (wish) => {
      const { draft, notes, notUnderstood } = await design(wish)
      assert.deepStrictEqual(draft.layout.widgets.map(({ metricId }) => metricId), [
        "leads.total",
        "leads.created_over_time"
      ])
      assert.lengthOf(notUnderstood, 1)
      assert.include(notes.join(" "), "choose Nobody")
    }
  )

  it.each([
    ["leads only from the web", { source: ["website"] }, []],
    ["leads nicht aus dem Web", undefined, ["nicht Website"]],
    ["leads from po", undefined, ["po"]],
    ["Only clients: how many by source?", { status: ["client"] }, []],
    ["win rate for Portal vs Referral", { leadSource: ["referral", "portal"] }, []],
    ["mails this month, only sent", undefined, []]
  ])("the filters of “%s” are those that it names", async (wish, filters, missing) => {
    const { draft: { layout: { widgets: [widget, ...more] } }, notUnderstood } = await design(wish)
    assert.deepStrictEqual([widget?.filters, notUnderstood], [filters, missing])
    if (wish.includes("vs")) assert.strictEqual(widget?.metricId, "deals.win_rate_by_source")
    if (wish.includes("sent")) assert.deepStrictEqual([widget?.metricId, more], ["emails.sent_over_time", []])
  })

  it.each([
    ["leads del 10 al 24 de mayo", "2024-05-10 2024-05-24"],
    ["leads vom 3. bis 9. April", "2024-04-03 2024-04-09"],
    ["leads from 10 to 24 November", "2023-11-10 2023-11-24"],
    ["leads en lo q va de año", "this_year"]
  ])("“%s” has the days of a month, or the year in short forms", (wish, span) => {
    assert.deepStrictEqual([read(wish).span, read(wish).rest], [span, "leads"])
  })

  it.each([
    ["leads from 1 May until today", "2024-05-01 2024-06-12"],
    ["leads since March up to now", "2024-03-01 2024-06-12"],
    ["leads from 2023 on", "2023-01-01 2024-06-12"],
    ["leads from 2023 on by source", "2023-01-01 2024-06-12", "leads by source"],
    ["from 2023 on leads by source", "2023-01-01 2024-06-12", "leads by source"],
    ["calls from 2023 on and emails", "2023-01-01 2024-06-12", "calls emails"],
    ["leads from March onwards", "2024-03-01 2024-06-12"],
    ["leads vom 3. April bis heute", "2024-04-03 2024-06-12"],
    ["leads de 2023 en adelante", "2023-01-01 2024-06-12"],
    ["leads desde marzo hasta hoy", "2024-03-01 2024-06-12"],
    ["leads since yesterday", "2024-06-11 2024-06-12"],
    ["leads seit gestern", "2024-06-11 2024-06-12"],
    ["leads from last month until now", "2024-05-01 2024-06-12"],
    ["leads this month to date", "this_month"],
    ["leads dieses Jahr bis heute", "this_year"],
    ["leads from the beginning until today", "all_time"]
  ])("“%s” ends today", (wish, span, rest = "leads") => {
    assert.deepStrictEqual(read(wish), { span, told: undefined, fixed: undefined, rest })
  })

  it.each(["calls from May on leads", "from May on average calls", "calls from May on Mondays and emails"])(
    "in “%s”, the word “on” belongs to the next word",
    (wish) => assert.strictEqual(read(wish).span, "2024-05-01 2024-05-31")
  )

  it.each([
    "until yesterday",
    "up to today",
    "up to last month",
    "bis gestern",
    "hasta el mes pasado",
    "from 1 May until yesterday",
    "from January to last month",
    "desde enero hasta el mes pasado"
  ])(
    "“%s” is no timeframe of a draft, so the draft leaves it out and lists it",
    (told) => {
      assert.deepStrictEqual(read(`leads ${told}`), { span: undefined, told, fixed: undefined, rest: "leads" })
    }
  )

  it.each([
    ["Umsatz bis jetzt in diesem Jahr", "this_year", undefined, "Umsatz"],
    ["revenue up to now this year", "this_year", undefined, "revenue"],
    ["ventas hasta ahora este mes", "this_month", undefined, "ventas"],
    ["revenue today until now", "today", undefined, "revenue"],
    ["sales by last quarter", "last_quarter", undefined, "sales by"],
    ["deals closed by yesterday", "yesterday", undefined, "deals closed by"],
    ["leads this month until yesterday", "this_month", "until yesterday", "leads"],
    ["leads by the end of last month", undefined, "by the end of last month", "leads"]
  ])("“%s” keeps the timeframe that it names beside an end", (wish, span, told, rest) => {
    assert.deepStrictEqual(read(wish), { span, told, fixed: undefined, rest })
  })

  it("each part of a wish keeps its timeframe beside an end", async () => {
    const { draft: { layout: { widgets } } } = await design("calls until now this month and emails last month")
    assert.deepStrictEqual(
      new Set(widgets.map(({ timeframe }) => timeframe?.preset)),
      new Set(["this_month", "last_month"])
    )
  })

  it.each([
    ["leads since 2021-09-17 by day", "day"],
    ["leads since 2021-09-16 by day", "told"],
    ["leads since 2004 per week", "told"],
    ["leads in 2023 per day", "day"],
    ["leads of all time per day", "day"]
  ])("the steps of “%s” are %s, because a chart has at most 1,000", (wish, step) => {
    assert.strictEqual(timeframeOf(wordsOf(wish), today).bucket ?? "told", step)
  })

  it("a draft lists steps that its timeframe has too many of, and still shows a course", async () => {
    const { draft, notUnderstood } = await design("won value since 2015 per day")
    assert.deepStrictEqual(notUnderstood, ["per day"])
    assert.strictEqual(draft.defaultTimeframe.bucket, "quarter")
    assert.deepStrictEqual(draft.layout.widgets.map(({ metricId }) => metricId), ["deals.won_value_over_time"])
  })

  it.each([
    ["revenue in May 2024 compared with the month before", true],
    ["umsatz Q1 2024 im vergleich zum quartal davor", true],
    ["revenue in May 2024 compared with last month", undefined],
    ["revenue in May 2024 compared with the quarter before", undefined]
  ])("“%s” is compared only with the time right before, of the same length", async (wish, isCompared) => {
    const { draft: { layout: { widgets: [widget] } }, notUnderstood } = await design(wish)
    assert.strictEqual(widget?.comparePrevious, isCompared)
    assert.strictEqual(notUnderstood.length === 0, isCompared === true)
  })
})
