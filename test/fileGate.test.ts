import { assert, describe, it } from "@effect/vitest"
import { contentTypes, DocumentFormat, recordFormats } from "../src/domain/DocumentFormat.ts"
import type { Tables } from "../src/metrics/crm.ts"
import { gateCases, yearOf } from "./proof/gateCases.ts"
import type { Question } from "./support/ask.ts"
import { exportsOver } from "./support/exports.ts"
import { now } from "./support/randomTables.ts"

/** Makes the files of a run, of a saved report and of its snapshot. */
const filesOf = async (question: Question, tables: Tables, format: DocumentFormat) => {
  const { ask, dispose, post } = exportsOver(tables, new Date(now))
  const { caller } = question
  const request = yearOf(question, 9)
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
  const { widgets, ...request } = yearOf(question, 9)
  const answers = await Promise.all(
    widgets.map((widget) => post(question.caller, "/metrics/records", { ...request, widget }, contentTypes[format]))
  )
  await dispose()
  return answers.map(({ bytes, status }) => {
    assert.strictEqual(status, 200, bytes.toString().slice(0, 500))
    return bytes
  })
}

const cases = gateCases.flatMap((question, index) =>
  DocumentFormat.literals.flatMap((format) => index === 0 || format === "csv" ? [{ question, format }] : [])
)

describe("the gate of files", () => {
  it.each(cases)("rows outside the scope change no byte of a file ($question.caller.role, $format)", async (one) => {
    const { format, question } = one
    const found = await filesOf(question, question.tables, format)
    const alone = await filesOf(question, question.visible, format)
    const among = await filesOf(question, question.among, format)
    for (const [index, bytes] of found.entries()) {
      assert.isTrue(alone[index]?.equals(bytes), `without other rows, file ${index}`)
      assert.isTrue(among[index]?.equals(bytes), `among other rows, file ${index}`)
    }
  })

  it.each(gateCases.flatMap((question) => recordFormats.map((format) => ({ question, format }))))(
    "rows outside the scope change no byte of a file of records ($question.caller.role, $format)",
    async ({ format, question }) => {
      const found = await recordFilesOf(question, question.tables, format)
      assert.isAbove(found.length, 5)
      assert.deepStrictEqual(await recordFilesOf(question, question.visible, format), found, "without other rows")
      assert.deepStrictEqual(await recordFilesOf(question, question.among, format), found, "among other rows")
    }
  )
})
