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

const design = async (prompt: string, role: "admin" | "member" = "admin") => {
  const { draft: { defaultTimeframe, layout }, notes, notUnderstood } = decode(
    (await app.call(caller(role, "ana"), "POST /crm-reports/design", { prompt })).json
  )
  return {
    cards: layout.widgets.map(({ groupBy, metricId }) => [metricId, groupBy].filter(Boolean).join(" by ")),
    filters: layout.widgets.map(({ filters }) => filters),
    timeframe: defaultTimeframe,
    notUnderstood,
    notes: notes.slice(1)
  }
}

describe("the draft that the search makes of a wish", () => {
  it.each([
    ["Speed to lead", ["leads.avg_time_to_first_call"]],
    ["Calls", ["calls.logged_over_time"]],
    ["Please show me the win rate by source", ["deals.win_rate_by_source"]],
    ["Leads by the time they entered the CRM. Deleted leads are not counted.", ["leads.created_over_time"]]
  ])("a wish with the label or the description of a metric gets that metric: “%s”", async (prompt, cards) => {
    assert.deepStrictEqual(await design(prompt).then((made) => [made.cards, made.notUnderstood]), [cards, []])
  })

  it.each([
    ["lead funnel", ["leads.funnel"]],
    ["Show me the funnel of this year", ["leads.funnel"]],
    ["Trichter der Leads", ["leads.funnel"]],
    ["embudo de leads", ["leads.funnel"]]
  ])("the wish “%s” gets the funnel", async (prompt, cards) => {
    assert.deepStrictEqual(await design(prompt).then((made) => [made.cards, made.notUnderstood]), [cards, []])
  })

  it.each(["sales funnel", "embudo de ventas", "Vertriebstrichter"])(
    "the wish “%s” gets the pipeline of deals",
    async (prompt) => {
      const { cards } = await design(prompt)
      assert.isTrue(cards.length > 0 && cards.every((card) => card.startsWith("deals.pipeline")), cards.join())
    }
  )

  it.each([
    ["deals by tag", "tag"],
    ["win rate over time", "over time"],
    ["win rate by campaign", "campaign"],
    ["pipeline value last month", "last month"],
    ["win rate per week", "per week"],
    ["average calls by outcome", "average"],
    ["calls by outcome, our targets", "our targets"]
  ])("a part of “%s” that changes nothing in the draft is listed", async (prompt, part) => {
    const { cards, notUnderstood } = await design(prompt)
    assert.isNotEmpty(cards)
    assert.deepStrictEqual(notUnderstood, [part])
  })

  it.each([
    "bounce rate",
    "email open rate",
    "customer lifetime value",
    "tasa de rebote de la web",
    "Absprungrate der Mails"
  ])("the unknown measure “%s” gets no metric that has only its second word", async (prompt) => {
    const { cards, notUnderstood } = await design(prompt)
    assert.deepStrictEqual(cards, [])
    assert.isNotEmpty(notUnderstood)
  })

  it.each([
    ["No deals, no calls, tasks completed", ["tasks.completed_over_time"]],
    ["leads by source but no calls", ["leads.by_source"]],
    ["Sin llamadas, tareas vencidas", ["tasks.overdue"]],
    ["Keine Anrufe, sondern gewonnene Deals pro Monat", ["deals.won_over_time"]],
    ["everything about tasks except completed ones", ["tasks.overdue", "tasks.created_over_time", "tasks.by_status"]]
  ])("a draft has no metric of a subject that the wish excludes: “%s”", async (prompt, cards) => {
    assert.deepStrictEqual(await design(prompt).then((made) => [made.cards, made.notUnderstood]), [cards, []])
  })

  it("a negation at the end of a clause excludes its subject", async () => {
    assert.deepStrictEqual((await design("Leads nach Quelle, Anrufe weglassen")).cards, ["leads.by_source"])
  })

  it.each(["Delete all lost deals", "please rename my report", "elimina los leads", "Alle Deals löschen"])(
    "a wish to change data gets no card and a note: “%s”",
    async (prompt) => {
      assert.deepStrictEqual(
        await design(prompt).then(({ cards, notes, notUnderstood }) => [cards, notUnderstood, notes]),
        [
          [],
          [prompt],
          ["A draft only shows numbers. It changes, sends, and deletes nothing."]
        ]
      )
    }
  )

  it.each([
    ["pipeline by stage as it stood on 31 December", "as it stood on 31 December"],
    ["Pipeline Stand letzte Woche", "Stand letzte Woche"],
    ["cartera a fecha de 1 de mayo", "a fecha de 1 de mayo"]
  ])("“%s” asks for a state in the past, which a note says is not known", async (prompt, part) => {
    const { notes, notUnderstood, timeframe } = await design(prompt)
    assert.deepStrictEqual([notUnderstood, timeframe.preset], [[part], "last_30d"])
    assert.include(notes.join(" "), "in the past is not known")
  })

  it.each([
    ["won value in 2025", { preset: "custom", from: "2025-01-01", to: "2025-12-31", bucket: "month" }],
    ["won value in October 2025", { preset: "custom", from: "2025-10-01", to: "2025-10-31", bucket: "day" }],
    ["won value Q2 2025", { preset: "custom", from: "2025-04-01", to: "2025-06-30", bucket: "week" }],
    ["Umsatz im dritten Quartal 2025", { preset: "custom", from: "2025-07-01", to: "2025-09-30", bucket: "week" }],
    ["Umsatz vom 3. März bis 5. Mai 2025", { preset: "custom", from: "2025-03-03", to: "2025-05-05", bucket: "week" }],
    ["ingresos entre marzo de 2024 y mayo de 2025", {
      preset: "custom",
      from: "2024-03-01",
      to: "2025-05-31",
      bucket: "month"
    }],
    ["won value from 2025-02-03 to 2025-02-10 per week", {
      preset: "custom",
      from: "2025-02-03",
      to: "2025-02-10",
      bucket: "week"
    }],
    ["ingresos de los últimos tres meses", { preset: "last_90d", bucket: "week" }],
    ["ingresos del mes pasado", { preset: "last_month", bucket: "day" }]
  ])("the timeframe of “%s” has the named dates", async (prompt, timeframe) => {
    assert.deepStrictEqual(await design(prompt).then((made) => [made.timeframe, made.notUnderstood]), [timeframe, []])
  })

  it.each([
    ["won value on 31 February 2025", ["31", "February"]],
    ["won value from 40 May 2025", ["40"]]
  ])("“%s” names a day that does not exist, which the draft lists", async (prompt, parts) => {
    assert.includeMembers([...(await design(prompt)).notUnderstood], parts)
  })

  it.each([
    ["calls per week by outcome", ["calls.logged_over_time by outcome"]],
    ["Umsatz pro Monat nach Quelle", ["deals.won_value_over_time by leadSource"]],
    ["leads by status over time", ["leads.created_over_time by status"]],
    ["Anrufe pro Makler und Tag", ["calls.logged_over_time by assignee"]],
    ["revenue by agent and source", ["team.won_value_by_agent", "deals.won_value_by_source"]]
  ])("a course with a split is a grouped timeseries: “%s”", async (prompt, cards) => {
    assert.deepStrictEqual((await design(prompt)).cards, cards)
  })

  it("a metric of deals is filtered by the lead behind each deal", async () => {
    const { filters, notUnderstood } = await design("deals won from referrals per month")
    assert.deepStrictEqual([filters, notUnderstood], [[{ leadSource: ["referral"] }], []])
  })

  it.each([
    ["Monday meeting", "Owner's overview"],
    ["everything except tasks", "Owner's overview"],
    ["performance review", "Team board"],
    ["Was soll ich heute tun?", "What to do next"],
    ["reunión de ventas", "Pipeline"],
    ["Are we on track?", "On track"],
    ["informe de marketing", "Where leads come from"]
  ])("the vague wish “%s” gets the nearest template, and a note names it", async (prompt, title) => {
    const { cards, notes, notUnderstood } = await design(prompt)
    assert.isNotEmpty(cards)
    assert.deepStrictEqual([notUnderstood, notes], [
      [],
      [`The wish names no metric. This is the nearest template: ${title}.`]
    ])
  })

  it("a member gets the overview instead of the template that only admins may use", async () => {
    const { cards, notes } = await design("performance review", "member")
    assert.include(cards, "leads.total")
    assert.include(notes.join(" "), "Owner's overview")
  })

  it.each([
    ["new deals compared to last month", "this_month", []],
    ["new deals today vs yesterday", "today", []],
    ["compara las ventas de este mes con el mes pasado", "this_month", []],
    ["won value this quarter compared to last year", "this_quarter", ["compared to last year"]]
  ])("“%s” is compared only with the time just before", async (prompt, preset, missing) => {
    const { notUnderstood, timeframe } = await design(prompt)
    assert.deepStrictEqual([timeframe.preset, notUnderstood], [preset, missing])
  })
})
