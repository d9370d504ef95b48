import { assert, describe, it } from "@effect/vitest"
import { contentTypes, recordFormats } from "../../../src/domain/DocumentFormat.ts"
import type { Tables } from "../../../src/metrics/crm.ts"
import { gateCases, yearOf } from "../../proof/gateCases.ts"
import { stageWeights } from "../../support/ask.ts"
import { exportsOver } from "../../support/exports.ts"
import { now } from "../../support/randomTables.ts"

describe.each(gateCases)("the gate of files of records of the $caller.role", (question) => {
  const filesOver = async (tables: Tables, format: (typeof recordFormats)[number]) => {
    const { ask, dispose, post } = exportsOver(tables, new Date(now))
    const weights = { method: "PUT", body: JSON.stringify(stageWeights) }
    const { status } = await ask({ ...question.caller, role: "admin" }, "/settings/stage-weights", weights)
    assert.strictEqual(status, 200)
    const { widgets, ...request } = yearOf(question, 9)
    const files = await Promise.all(
      widgets.map((widget) => post(question.caller, "/metrics/records", { ...request, widget }, contentTypes[format]))
    )
    await dispose()
    return files.map(({ bytes, status }) => {
      assert.strictEqual(status, 200, bytes.toString().slice(0, 500))
      return bytes
    })
  }

  it.each(recordFormats)("rows outside the scope change no byte of %s files of records", async (format) => {
    const files = await filesOver(question.tables, format)
    assert.isAbove(files.length, 5)
    assert.deepStrictEqual(await filesOver(question.visible, format), files, "without other rows")
    assert.deepStrictEqual(await filesOver(question.among, format), files, "among other rows")
  })
})
