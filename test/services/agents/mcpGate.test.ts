import { assert, describe, it } from "@effect/vitest"
import type { Tables } from "../../../src/metrics/crm.ts"
import { gateCases, yearOf } from "../../proof/gateCases.ts"
import type { Question } from "../../support/ask.ts"
import { openMcpApp } from "../../support/McpApp.ts"
import { now } from "../../support/randomTables.ts"

/** Returns the answers of the tools, with every id replaced by the text `id`. */
const answersOf = async (question: Question, over: Tables) => {
  const app = openMcpApp({ tables: over, now: new Date(now) })
  const client = await app.as(question.caller)
  const { widgets, ...selection } = yearOf(question, 17)
  const [widget] = widgets
  const placed = widgets.map((one, index) => ({ ...one, x: 0, y: index, w: 4, h: 4 }))
  const saved = await app.call(client, "save_report", { title: "Report", layout: { widgets: placed } })
  const frozen = await app.call(client, "freeze_report", { ...selection, reportId: saved.json["id"] })
  const { contentHash } = await app.post(question.caller, `/snapshots/${frozen.json["id"]}/renew`, {})
  assert.match(String(contentHash), /^[\da-f]{64}$/)
  const answers = [
    await app.call(client, "run_metrics", { ...selection, widgets }),
    await app.call(client, "records", { ...selection, widget, limit: 5 }),
    await app.call(client, "search_metrics", { words: "deals" }),
    ...(question.caller.role === "member"
      ? [await app.call(client, "design_report", { prompt: "leads by tag, source and status" })]
      : []),
    await app.call(client, "list_reports", {}),
    await app.call(client, "get_report", { reportId: saved.json["id"] }),
    await app.call(client, "report_history", { reportId: saved.json["id"], instanceId: widget?.instanceId })
  ]
  const rest = await app.post(question.caller, "/metrics/run", { ...selection, widgets })
  await app.close()
  const withoutIds = (json: unknown) => JSON.stringify(json).replaceAll(/[\da-f]{8}-[\da-f-]{27}/g, "id")
  return {
    rest,
    run: answers[0],
    all: [contentHash, ...answers.map(({ isError, json }) => [isError, withoutIds(json)])]
  }
}

describe("the gate of tools", () => {
  it.each(gateCases)(
    "rows outside the scope change no byte of a tool's answer to the $caller.role",
    async (question) => {
      const found = await answersOf(question, question.tables)
      const alone = await answersOf(question, question.visible)
      const among = await answersOf(question, question.among)
      assert.isFalse(found.run?.isError)
      assert.deepStrictEqual(alone.all, found.all)
      assert.deepStrictEqual(among.all, found.all)
    }
  )

  it.each(gateCases.filter(({ caller }) => caller.role === "member"))(
    "an agent of a member gets no records of a metric for admins",
    async ({ caller, tables }) => {
      const app = openMcpApp({ tables, now: new Date(now) })
      const widget = { instanceId: "1", metricId: "team.leads_by_agent", chart: "leaderboard" }
      const { json } = await app.call(await app.as(caller), "records", { widget, timeframe: { preset: "all_time" } })
      await app.close()
      assert.deepStrictEqual(json["rows"], [])
    }
  )

  it.each(gateCases)(
    "an agent of the $caller.role gets the same numbers as the API gives that person",
    async (question) => {
      const { rest, run } = await answersOf(question, question.tables)
      const scopesIn = (text: string) => [...text.matchAll(/"scope":\{[^}]*\}/g)].map(([scope]) => scope)
      const valuesIn = (text: string) => [...text.matchAll(/"stat":\{"value":([^,]*),"previous":([^,]*)/g)]
      const told = JSON.stringify(run?.json)
      assert.deepStrictEqual(scopesIn(told), scopesIn(JSON.stringify(rest)))
      for (const [, value, previous] of valuesIn(JSON.stringify(rest))) {
        assert.include(told, `"rows":[[${String(value)},${String(previous)},`)
      }
    }
  )
})
