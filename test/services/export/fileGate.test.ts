import { afterAll, assert, describe, it } from "@effect/vitest"
import { contentTypes, DocumentFormat } from "../../../src/domain/DocumentFormat.ts"
import type { Tables } from "../../../src/metrics/crm.ts"
import { gateCases, yearOf } from "../../proof/gateCases.ts"
import { isFull } from "../../proof/storesFor.ts"
import type { Question } from "../../support/ask.ts"
import { exportsOver } from "../../support/exports.ts"
import { now } from "../../support/randomTables.ts"

type App = ReturnType<typeof exportsOver>

const allBytes = (answers: ReadonlyArray<Awaited<ReturnType<App["ask"]>>>) =>
  answers.map(({ bytes, status }) => {
    assert.strictEqual(status, 200, bytes.toString().slice(0, 500))
    return bytes
  })

const tabular: ReadonlySet<DocumentFormat> = new Set(["csv", "xlsx"])

/** Makes the files of a run, of a run of one widget, of a saved report and of its snapshot. Outside of `.ci/full`, drawings have few widgets. */
const filesOf = async ({ ask, post }: App, question: Question, format: DocumentFormat) => {
  const { caller } = question
  const request = yearOf(question, isFull || tabular.has(format) ? 9 : 27)
  const { assigneeIds = [], everyone = false, timeframe, widgets } = request
  const placed = widgets.map((widget, index) => ({
    ...widget,
    x: 6 * (index % 2),
    y: index,
    w: 6,
    h: 4,
    table: "Team"
  }))
  const report = await post(caller, "", { title: "Report", layout: { widgets: placed }, defaultTimeframe: timeframe })
  const { id } = JSON.parse(report.bytes.toString())
  const frozen = await post(caller, `/${id}/snapshots`, { assigneeIds, everyone })
  return allBytes([
    await post(caller, "/metrics/run", request, contentTypes[format]),
    await post(caller, "/metrics/run", { ...request, widgets: widgets.slice(0, 1) }, contentTypes[format]),
    await post(caller, `/${id}/run`, { assigneeIds, everyone }, contentTypes[format]),
    await ask(caller, `/snapshots/${JSON.parse(frozen.bytes.toString()).id}/export?format=${format}`)
  ])
}

describe.each(gateCases.map((question, index) => ({ question, index })))(
  "the gate of files of the $question.caller.role",
  ({ index, question }) => {
    const { role } = question.caller
    const over = (tables: Tables) => exportsOver(tables, new Date(now))
    // All formats share these services, because each service starts a process that makes files.
    const found = over(question.tables)
    const alone = over(question.visible)
    const among = over(question.among)
    afterAll(() => Promise.all([found, alone, among].map(({ dispose }) => dispose())))

    it.each(index === 0 ? DocumentFormat.literals : ["csv"] as const)(
      `rows outside the scope change no byte of the ${role}'s %s files`,
      async (format) => {
        const files = await filesOf(found, question, format)
        const withoutOthers = await filesOf(alone, question, format)
        const amongOthers = await filesOf(among, question, format)
        for (const [at, bytes] of files.entries()) {
          assert.isTrue(withoutOthers[at]?.equals(bytes), `without other rows, file ${at}`)
          assert.isTrue(amongOthers[at]?.equals(bytes), `among other rows, file ${at}`)
        }
      }
    )
  }
)
