import { assert, describe, it } from "@effect/vitest"
import type { Tables } from "../../../src/metrics/crm.ts"
import { gateCases, yearOf } from "../../proof/gateCases.ts"
import type { Question } from "../../support/ask.ts"
import { firstEvents } from "../../support/liveStream.ts"
import { now } from "../../support/randomTables.ts"
import { openWebApp } from "../../support/WebApp.ts"

const path = "/crm-reports/metrics/run"

/** Returns the series that a stream sends first, and the series of a run, both in the order of the request. */
const seriesOf = async (question: Question, over: Tables) => {
  const { caller } = question
  const request = yearOf(question, 5)
  const app = openWebApp(over, { now: new Date(now) })
  const { events } = await firstEvents(app, caller, path, request)
  const { json } = await app.call(caller, `POST ${path}`, request)
  await app.close()
  const live = new Map(events.map(({ data }) => [data["instanceId"], data]))
  return { live: request.widgets.map(({ instanceId }) => live.get(instanceId)), json: json["results"] }
}

describe("the gate of live runs", () => {
  it.each(gateCases)(
    "the first events of a live run of the $caller.role have the same series as a run",
    async (question) => {
      const { json, live } = await seriesOf(question, question.tables)
      assert.deepStrictEqual<unknown>(live, json)
    }
  )

  it.each(gateCases)("rows outside the scope change nothing in the events of the $caller.role", async (question) => {
    const { live } = await seriesOf(question, question.tables)
    const alone = await seriesOf(question, question.visible)
    const among = await seriesOf(question, question.among)
    assert.deepStrictEqual([alone.live, among.live], [live, live])
  })
})
