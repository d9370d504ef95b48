import { assert, describe, it } from "@effect/vitest"
import type { RunRequest } from "../src/domain/Run.ts"
import type { Tables } from "../src/metrics/crm.ts"
import { questionsOf } from "./proof/questions.ts"
import { amongStrangers } from "./proof/strangers.ts"
import { peopleOf, seenBy } from "./proof/visible.ts"
import type { Question } from "./support/ask.ts"
import { now, randomTables } from "./support/randomTables.ts"
import { openWebApp } from "./support/WebApp.ts"

const seed = 4
const tables = randomTables(seed)
const others = randomTables(seed + 1_000_003)

/** Returns a run of some widgets of every shape over the last 12 months. */
const requestOf = ({ request: { widgets: asked, ...selection } }: Question): RunRequest => ({
  ...selection,
  timeframe: { preset: "last_12m", bucket: "month" },
  widgets: asked.filter((_, index) => index % 9 === 0).map(({ timeframe: _timeframe, ...widget }) => widget)
})

/** Returns the responses that a person gets with a key or with a session. */
const answersOf = async (question: Question, over: Tables, by: "key" | "session") => {
  const { caller } = question
  const { widgets, ...selection } = requestOf(question)
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

/** Keeps two of the requests: a member asks for everyone, and an admin asks for some people. */
const questions = questionsOf(seed, tables).flatMap((question, index) => index === 1 || index === 4 ? [question] : [])

describe("the gate of keys", () => {
  it.each(questions)("a key gets the same bytes as a session of the same person ($caller.role)", async (question) => {
    assert.deepStrictEqual(await answersOf(question, tables, "key"), await answersOf(question, tables, "session"))
  })

  it.each(questions)("rows outside the scope change no byte of a key's answers ($caller.role)", async (question) => {
    const people = peopleOf(question, tables)
    const { visible } = seenBy(question.caller, people, tables)
    const [runs, records] = await answersOf(question, tables, "key")
    const alone = await answersOf(question, visible, "key")
    const among = await answersOf(question, amongStrangers(question, people, visible, others), "key")
    assert.deepStrictEqual([alone.slice(0, 2), among.slice(0, 2)], [[runs, records], [runs, records]])
  })
})
