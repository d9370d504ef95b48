import { assert, describe, it } from "@effect/vitest"
import type { Tables } from "../../../src/metrics/crm.ts"
import { gateCases, yearOf } from "../../proof/gateCases.ts"
import type { Question } from "../../support/ask.ts"
import { now } from "../../support/randomTables.ts"
import { openWebApp } from "../../support/WebApp.ts"

/** Returns the responses that a person gets with a key or with a session. */
const answersOf = async (question: Question, over: Tables, by: "key" | "session") => {
  const { caller } = question
  const { widgets, ...selection } = yearOf(question, 9)
  const { call, close } = openWebApp(over, { now: new Date(now), roleOf: () => caller.role })
  const made = await call(caller, "POST /crm-reports/keys", { name: "script", scopes: ["reports:read"] })
  const headers = by === "key" ? { authorization: `Bearer ${String(made.json["secret"])}` } : {}
  const asked = [
    ["POST /crm-reports/metrics/run", { ...selection, widgets }],
    ["POST /crm-reports/metrics/records", { ...selection, widget: widgets[0] }],
    ["GET /crm-reports/options", undefined],
    ["GET /crm-reports/catalog", undefined]
  ] as const
  const answers = await Promise.all(asked.map(([request, body]) => call(caller, request, body, headers)))
  await close()
  return answers.map(({ status, text }) => {
    assert.strictEqual(status, 200, text)
    return text
  })
}

describe("the gate of keys", () => {
  it.each(gateCases)(
    "a key of the $caller.role gets the same bytes as a session of the same person",
    async (question) => {
      assert.deepStrictEqual(
        await answersOf(question, question.tables, "key"),
        await answersOf(question, question.tables, "session")
      )
    }
  )

  it.each(gateCases)(
    "rows outside the scope change no byte of a response to a key of the $caller.role",
    async (question) => {
      const [runs, records] = await answersOf(question, question.tables, "key")
      const alone = await answersOf(question, question.visible, "key")
      const among = await answersOf(question, question.among, "key")
      assert.deepStrictEqual([alone.slice(0, 2), among.slice(0, 2)], [[runs, records], [runs, records]])
    }
  )
})
