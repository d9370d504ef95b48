import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { execFile } from "node:child_process"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { promisify } from "node:util"
import { withoutTypst } from "../support/withoutTypst.ts"

const program = (folder: string) => {
  const testing = JSON.stringify(pathToFileURL(join(folder, "src", "testing.ts")).href)
  return `
    const { signTestToken, testHandler } = await import(${testing})
    const { dispose, handler } = testHandler()
    const authorization = "Bearer " + signTestToken({ organizationId: "org", userId: "ana", role: "admin" })
    const widgets = [{ instanceId: "1", metricId: "leads.total", chart: "stat" }]
    for (const accept of ["application/pdf", "text/csv"]) {
      const headers = { authorization, accept, "content-type": "application/json" }
      const init = { method: "POST", headers, body: JSON.stringify({ widgets }) }
      const response = await handler(new Request("http://files.test/crm-reports/metrics/run", init))
      const text = await response.text()
      console.log("ANSWER", JSON.stringify([response.status, accept === "text/csv" ? "" : JSON.parse(text).code]))
    }
    await dispose()`
}

describe("a service without the Typst package", () => {
  it.live("a request for PDF gets 501 pdf_not_installed, but a request for CSV gets 200", () =>
    Effect.gen(function*() {
      const folder = yield* withoutTypst
      const args = ["--input-type=module", "-e", program(folder)]
      const { stdout } = yield* Effect.promise(() => promisify(execFile)(process.execPath, args, { cwd: folder }))
      const answers = stdout.split("\n").filter((line) => line.startsWith("ANSWER ")).map((line) => line.slice(7))
      assert.deepStrictEqual(answers, ["[501,\"pdf_not_installed\"]", "[200,\"\"]"])
    }))
})
