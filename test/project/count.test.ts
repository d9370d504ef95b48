import { assert, describe, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

const script = resolve(import.meta.dirname, "../../.ci/count.mjs")

interface Result {
  readonly fullName: string
  readonly status: string
  readonly failureMessages: ReadonlyArray<string>
}

const passes: Result = { fullName: "passes", status: "passed", failureMessages: [] }
const fails: Result = { fullName: "fails", status: "failed", failureMessages: ["expected 1 to be 2\nat a line"] }
const file = (name: string, ...assertionResults: ReadonlyArray<Result>) => ({
  name,
  status: assertionResults.every(({ status }) => status === "passed") ? "passed" : "failed",
  assertionResults
})
const report = (...testResults: ReadonlyArray<ReturnType<typeof file>>) => ({ numPendingTests: 2, testResults })

const counted = (reports: ReadonlyArray<unknown>, { again = false, failedSteps = "" } = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "crm-reports-count-"))
  try {
    const paths = [0, 1].map((index) => join(folder, String(index)))
    paths.forEach((path, index) => writeFileSync(path, index in reports ? JSON.stringify(reports[index]) : ""))
    const { status, stdout } = spawnSync(process.execPath, [script, ...again ? ["again"] : [], ...paths], {
      encoding: "utf8",
      env: { FAILED_STEPS: failedSteps }
    })
    return { status, lines: stdout.trim().split("\n") }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe("the closing lines of CI", () => {
  it("a run without a failed test passes", () => {
    assert.deepStrictEqual(counted([report(file("a", passes, passes))]), {
      status: 0,
      lines: ["2 passed, 0 failed, 2 skipped"]
    })
  })

  it("a test that fails twice fails the run", () => {
    const { lines, status } = counted([report(file("a", passes, fails)), report(file("a", passes, fails))], {
      failedSteps: " tests"
    })
    assert.strictEqual(status, 1)
    assert.deepStrictEqual(lines, [
      "failed at first: a: fails: expected 1 to be 2",
      "failed: a: fails: expected 1 to be 2",
      "1 passed, 1 failed, 2 skipped"
    ])
  })

  it("a test that passes the second time is listed", () => {
    const { lines, status } = counted([
      report(file("a", passes, fails), file("b", passes)),
      report(file("a", passes, passes))
    ])
    assert.strictEqual(status, 0)
    assert.deepStrictEqual(lines, ["failed at first: a: fails: expected 1 to be 2", "3 passed, 0 failed, 2 skipped"])
  })

  it("the files with a failed test, and the files that do not load, run again", () => {
    const reports = [report(file("a", fails), file("b", passes), { ...file("c"), status: "failed" })]
    assert.deepStrictEqual(counted(reports, { again: true }).lines, ["a", "c"])
  })

  it("a failed step and a missing report fail the run", () => {
    assert.strictEqual(counted([report(file("a", passes))], { failedSteps: " faults" }).status, 1)
    assert.deepStrictEqual(counted([]), {
      status: 1,
      lines: ["failed: the tests gave no report", "0 passed, 1 failed"]
    })
  })
})
