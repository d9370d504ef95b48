import { assert, describe, it } from "@effect/vitest"
import { contentTypes, DocumentFormat, recordFormats } from "../src/domain/DocumentFormat.ts"
import type { RunRequest } from "../src/domain/Run.ts"
import type { Tables } from "../src/metrics/crm.ts"
import { questionsOf } from "./proof/questions.ts"
import { amongStrangers } from "./proof/strangers.ts"
import { peopleOf, seenBy } from "./proof/visible.ts"
import type { Question } from "./support/ask.ts"
import { exportsOver } from "./support/exports.ts"
import { now, randomTables } from "./support/randomTables.ts"

/** Takes every ninth widget. The timeframe is a year, so that there are rows to count. */
const requestOf = ({ request: { widgets: asked, ...selection } }: Question): RunRequest => ({
  ...selection,
  timeframe: { preset: "last_12m", bucket: "month" },
  widgets: asked.filter((_, index) => index % 9 === 0).map(({ timeframe: _timeframe, ...widget }) => widget)
})

/** Makes the files of a run, of a saved report and of its snapshot. */
const filesOf = async (question: Question, tables: Tables, format: DocumentFormat) => {
  const { ask, dispose, post } = exportsOver(tables, new Date(now))
  const { caller } = question
  const request = requestOf(question)
  const { assigneeIds = [], everyone = false, timeframe, widgets } = request
  const placed = widgets.map((widget, index) => ({ ...widget, x: 6 * (index % 2), y: index, w: 6, h: 4 }))
  const report = await post(caller, "", { title: "Report", layout: { widgets: placed }, defaultTimeframe: timeframe })
  const { id } = JSON.parse(report.bytes.toString())
  const frozen = await post(caller, `/${id}/snapshots`, { assigneeIds, everyone })
  const people = assigneeIds.map((person) => `&assigneeIds=${encodeURIComponent(person)}`).join("")
  const answers = [
    await post(caller, "/metrics/run", request, contentTypes[format]),
    await ask(caller, `/${id}/export?format=${format}&everyone=${everyone}${people}`),
    await ask(caller, `/snapshots/${JSON.parse(frozen.bytes.toString()).id}/export?format=${format}`)
  ]
  await dispose()
  return answers.map(({ bytes, status }) => {
    assert.strictEqual(status, 200, bytes.toString().slice(0, 500))
    return bytes
  })
}

const recordFilesOf = async (question: Question, tables: Tables, format: DocumentFormat) => {
  const { dispose, post } = exportsOver(tables, new Date(now))
  const { widgets, ...request } = requestOf(question)
  const answers = await Promise.all(
    widgets.map((widget) => post(question.caller, "/metrics/records", { ...request, widget }, contentTypes[format]))
  )
  await dispose()
  return answers.map(({ bytes, status }) => {
    assert.strictEqual(status, 200, bytes.toString().slice(0, 500))
    return bytes
  })
}

const seed = 4
const tables = randomTables(seed)
const others = randomTables(seed + 1_000_003)

/** One question of a member who asks for everyone, and one of an admin who asks for chosen people. */
const questions = questionsOf(seed, tables).flatMap((question, index) => index === 1 || index === 4 ? [question] : [])

const cases = questions.flatMap((question, index) =>
  DocumentFormat.literals.flatMap((format) => index === 0 || format === "csv" ? [{ question, format }] : [])
)

describe("the gate of files", () => {
  it.each(cases)("rows outside the scope change no byte of a file ($question.caller.role, $format)", async (one) => {
    const { format, question } = one
    const people = peopleOf(question, tables)
    const { visible } = seenBy(question.caller, people, tables)
    const found = await filesOf(question, tables, format)
    const alone = await filesOf(question, visible, format)
    const among = await filesOf(question, amongStrangers(question, people, visible, others), format)
    for (const [index, bytes] of found.entries()) {
      assert.isTrue(alone[index]?.equals(bytes), `without other rows, file ${index}`)
      assert.isTrue(among[index]?.equals(bytes), `among other rows, file ${index}`)
    }
  })

  it.each(questions.flatMap((question) => recordFormats.map((format) => ({ question, format }))))(
    "rows outside the scope change no byte of a file of records ($question.caller.role, $format)",
    async ({ format, question }) => {
      const people = peopleOf(question, tables)
      const { visible } = seenBy(question.caller, people, tables)
      const found = await recordFilesOf(question, tables, format)
      assert.isAbove(found.length, 5)
      assert.deepStrictEqual(await recordFilesOf(question, visible, format), found, "without other rows")
      const among = amongStrangers(question, people, visible, others)
      assert.deepStrictEqual(await recordFilesOf(question, among, format), found, "among other rows")
    }
  )
})
