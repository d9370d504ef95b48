import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { namesFor } from "../../../src/design/scopes.ts"
import { wordsOf } from "../../../src/design/words.ts"
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
  const { json } = await app.call(caller(role, "ana"), "POST /crm-reports/design", { prompt })
  const { draft, notes, notUnderstood } = decode(json)
  const { defaultTimeframe: { bucket, preset }, layout: { widgets }, title } = draft
  return {
    title,
    preset,
    cards: widgets.map(({ metricId, timeframe }) => [metricId, timeframe?.preset]),
    targets: widgets.flatMap(({ metricId, target }) => target === true ? [metricId] : []),
    notes,
    notUnderstood,
    bucket
  }
}

describe("the notes of a draft about the reading of a wish", () => {
  it.each([
    ["facturación este mes", "“facturación” has several meanings. It was read as in “Won value”."],
    ["pipline by stage", "“pipline” was read as “pipeline”."],
    ["my calls this week", "choose yourself under people"],
    ["agents with the fewest calls", "A ranking begins with the highest value."],
    ["sources with the fewest leads", "A ranking begins with the highest value."],
    ["top 5 agents by revenue", "does not limit a ranking to 5 rows"],
    ["Anrufe und unsere Vorgabe", "The cards show the targets that an admin has set."],
    ["revenue target this quarter", "The cards show the targets that an admin has set."],
    ["VIP leads, and calls", "The filter VIP does not apply to: Calls"]
  ])("a note says how “%s” was read", async (prompt, note) => {
    const { cards, notes } = await design(prompt)
    assert.isNotEmpty(cards)
    assert.include(notes.join(" "), note)
  })

  it.each([
    ["calls this month, on track?", "calls.logged_over_time"],
    ["Are we hitting the numbers for won deals", "deals.won_over_time"],
    ["Anrufe: sind wir auf Kurs?", "calls.logged_over_time"],
    ["Gewonnener Umsatz im Plan?", "deals.won_value_over_time"],
    ["¿Vamos por buen camino con las operaciones ganadas?", "deals.won_over_time"],
    ["nuestra meta de llamadas", "calls.logged_over_time"]
  ])("the cards of “%s” have targets, and all its words are understood", async (prompt, metricId) => {
    const { notUnderstood, targets } = await design(prompt)
    assert.deepStrictEqual([targets, notUnderstood], [[metricId], []])
  })

  it.each(["my quota of calls", "my goals for calls", "mis metas de llamadas", "meine Ziele für Anrufe"])(
    "the words of “%s” for its writer are told, because a draft counts all people",
    async (prompt) => {
      assert.match((await design(prompt)).notUnderstood.join(), /^(my|mis|meine)$/)
    }
  )

  it.each([
    ["Verkaufsziele", "deals.won_value_over_time"],
    ["Vertriebsrunde: die Ziele", "deals.pipeline_by_stage"],
    ["reunión de ventas: nuestras metas y llamadas", "calls.logged_over_time"]
  ])("“%s” has the card %s", async (prompt, metricId) => {
    assert.include((await design(prompt)).cards.map(([id]) => id), metricId)
  })

  it.each([
    ["new leads per week", "last_90d", "week"],
    ["Anrufe pro Monat", "last_12m", "month"],
    ["won value by quarter", "last_12m", "quarter"],
    ["won value by quarter this year", "this_year", "quarter"]
  ])("the timeframe of “%s” is %s by %s", async (prompt, ...timeframe) => {
    const { bucket, preset } = await design(prompt)
    assert.deepStrictEqual([preset, bucket], timeframe)
  })

  it("a long title ends after a whole word", async () => {
    const { title } = await design(
      "calls per person and reply rate and overdue tasks and total new leads and won deals"
    )
    assert.strictEqual(title, "Calls per person and reply rate and overdue tasks and total new leads and won…")
  })

  it("a wish with two subjects and two timeframes gets both", async () => {
    assert.deepStrictEqual((await design("new leads this month and deals won last quarter")).cards, [
      ["leads.created_over_time", "this_month"],
      ["deals.won_over_time", "last_quarter"]
    ])
  })

  it.each([
    ["calls this week and deals won next month", ["this_week", undefined], ["next month"]],
    ["calls this week and emails the next 2 weeks", ["this_week", undefined, undefined], ["the next 2 weeks"]],
    ["calls this week and pipeline last month", [undefined, "this_week"], ["last month"]],
    ["pipeline last month and calls this week", [undefined, "this_week"], ["last month"]],
    [
      "calls today and emails last month and pipeline as of last year",
      [undefined, "today", "last_month", "last_month"],
      [
        "as of last year"
      ]
    ],
    ["calls per day this week, leads last month, and emails per year", ["this_week", "last_month", undefined], [
      "per year"
    ]]
  ])("the draft for “%s” tells the timeframes that its cards lack", async (prompt, presets, untold) => {
    const { cards, notUnderstood } = await design(prompt)
    assert.deepStrictEqual([cards.map(([, preset]) => preset), notUnderstood], [presets, untold])
  })

  it("each of two timeframes with fixed dates is told", async () => {
    const { notes } = await design("calls of the last 14 days and leads of the last 5 weeks")
    assert.lengthOf(notes.filter((note) => note.includes("are fixed")), 2)
  })

  it("only a part of a wish that is about a time after now gets expected deals", async () => {
    const { cards } = await design("deals closing next month and deals won last month")
    assert.includeDeepMembers(cards, [["deals.won_over_time", "last_month"]])
  })

  it("a member's own rows are all that it counts, so a draft tells nothing about other rows", async () => {
    const { notes, notUnderstood } = await design("my calls this week", "member")
    assert.deepStrictEqual([notes.slice(1), notUnderstood], [[], []])
    assert.deepStrictEqual((await design("unassigned leads", "member")).notes.slice(1), [
      "You count only your own rows, so the rows of nobody are not shown."
    ])
  })

  it("a draft with a target keeps steps that are shorter than its timeframe", async () => {
    const { bucket, notUnderstood } = await design("calls per week, our target")
    assert.deepStrictEqual([bucket, notUnderstood], ["week", []])
    assert.strictEqual((await design("our monthly target of calls")).bucket, "day")
  })

  it("a word is told only once, and a compound is one word", async () => {
    const { notes } = await design("pipline by stage, pipline value")
    assert.deepStrictEqual(notes.slice(1), ["“pipline” was read as “pipeline”."])
    assert.deepStrictEqual((await design("Jahrespipeline")).notUnderstood, ["Jahrespipeline"])
  })

  it.each([
    "leads por fuente menos portal",
    "calls by agent, at least 5",
    "llamadas por agente, al menos 5",
    "lowest funnel"
  ])(
    "the wish “%s” asks for no end of a ranking",
    async (prompt) => {
      assert.notInclude((await design(prompt)).notes.join(" "), "A ranking begins")
    }
  )

  it("a long list of names is read only a few times", () => {
    let read = 0
    class Counted extends Set<string> {
      override has(word: string) {
        read += 1
        return super.has(word)
      }
    }
    const names = Array.from({ length: 100 }, (_, index) => `z${index}`)
    const words = wordsOf(`leads, ${names.join(", ")}, calls`)
    const chosen = words.slice(1, -1).map((word) => ({ key: "tag" as const, value: word.text, name: word.text, word }))
    const namesOf = namesFor(words, new Counted(), chosen)
    assert.deepStrictEqual(words.map(({ clause }) => namesOf(clause).length), [...names.map(() => 100), 100, 0])
    assert.isBelow(read, 5 * names.length)
  })

  it("a filter after the first of two subjects belongs only to it", async () => {
    const { notes, notUnderstood } = await design("leads from the portal, and all calls")
    assert.deepStrictEqual([notes.slice(1), notUnderstood], [[], []])
  })
})
