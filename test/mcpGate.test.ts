import { assert, describe, it } from "@effect/vitest"
import type { RunRequest } from "../src/domain/Run.ts"
import type { Tables } from "../src/metrics/crm.ts"
import { questionsOf } from "./proof/questions.ts"
import { amongStrangers } from "./proof/strangers.ts"
import { peopleOf, seenBy } from "./proof/visible.ts"
import type { Question } from "./support/ask.ts"
import { openMcpApp } from "./support/McpApp.ts"
import { now, randomTables } from "./support/randomTables.ts"

const seed = 4
const tables = randomTables(seed)
const others = randomTables(seed + 1_000_003)

/** Returns a run of some widgets over the last 12 months. */
const requestOf = ({ request: { widgets: asked, ...selection } }: Question): RunRequest => ({
  ...selection,
  timeframe: { preset: "last_12m", bucket: "month" },
  widgets: asked.filter((_, index) => index % 17 === 0).map(({ timeframe: _timeframe, ...widget }) => widget)
})

/** Returns the answers of the tools, with every id replaced by the text `id`. */
const answersOf = async (question: Question, over: Tables) => {
  const app = openMcpApp({ tables: over, now: new Date(now) })
  const client = await app.as(question.caller)
  const { widgets, ...selection } = requestOf(question)
  const [widget] = widgets
  const placed = widgets.map((one, index) => ({ ...one, x: 0, y: index, w: 4, h: 4 }))
  const saved = await app.call(client, "save_report", { title: "Report", layout: { widgets: placed } })
  const frozen = await app.call(client, "freeze_report", { ...selection, reportId: saved.json["id"] })
  const answers = [
    await app.call(client, "run_metrics", { ...selection, widgets }),
    await app.call(client, "records", { ...selection, widget, limit: 5 }),
    await app.call(client, "search_metrics", { words: "deals" }),
    await app.call(client, "list_reports", {}),
    await app.call(client, "get_report", { reportId: saved.json["id"] })
  ]
  const rest = await app.post(question.caller, "/metrics/run", { ...selection, widgets })
  await app.close()
  const withoutIds = (json: unknown) => JSON.stringify(json).replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, "id")
  return {
    rest,
    run: answers[0],
    all: [frozen.json["contentHash"], ...answers.map(({ isError, json }) => [isError, withoutIds(json)])]
  }
}

/** In the first question, a member asks for everyone. In the second, an admin asks for some people. */
const questions = questionsOf(seed, tables).flatMap((question, index) => index === 1 || index === 4 ? [question] : [])

describe("the gate of tools", () => {
  it.each(questions)("rows outside the scope change no byte of a tool's answer ($caller.role)", async (question) => {
    const people = peopleOf(question, tables)
    const { visible } = seenBy(question.caller, people, tables)
    const found = await answersOf(question, tables)
    const alone = await answersOf(question, visible)
    const among = await answersOf(question, amongStrangers(question, people, visible, others))
    assert.isFalse(found.run?.isError)
    assert.deepStrictEqual(alone.all, found.all)
    assert.deepStrictEqual(among.all, found.all)
  })

  it.each(questions)("an agent gets the numbers that the API gives its caller ($caller.role)", async (question) => {
    const { rest, run } = await answersOf(question, tables)
    const scopesIn = (text: string) => [...text.matchAll(/"scope":\{[^}]*\}/g)].map(([scope]) => scope)
    const valuesIn = (text: string) => [...text.matchAll(/"stat":\{"value":([^,]*),"previous":([^,]*)/g)]
    const told = JSON.stringify(run?.json)
    assert.deepStrictEqual(scopesIn(told), scopesIn(JSON.stringify(rest)))
    for (const [, value, previous] of valuesIn(JSON.stringify(rest))) {
      assert.include(told, `"rows":[[${String(value)},${String(previous)},`)
    }
  })
})
