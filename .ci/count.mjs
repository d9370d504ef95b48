// Counts the tests of a run, and prints the failed ones. `count.mjs again REPORT` prints the files that have a failed
// test. `count.mjs REPORT SECOND` counts; SECOND is the report of a second run of these files, or an empty file.
import { readFileSync } from "node:fs"

const print = (line) => process.stdout.write(`${line}\n`)
const none = { numPassedTests: 0, numPendingTests: 0, testResults: [] }
const read = (path, otherwise) => {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch {
    return otherwise
  }
}
const firstLine = (text = "") => text.split("\n")[0].slice(0, 200)

/** The failed tests of a file. A file that does not load has no tests, and counts as a single failed test. */
const failures = ({ assertionResults, message, name, status }) => {
  if (status !== "failed") return []
  if (assertionResults.length === 0) return [`${name}: ${firstLine(message)}`]
  return assertionResults.filter((test) => test.status === "failed")
    .map((test) => `${name}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`)
}

const passedIn = ({ assertionResults }) => assertionResults.filter((test) => test.status === "passed").length

const [first, second] = process.argv.slice(2)
if (first === "again") {
  for (const { name, status } of read(second, none).testResults) if (status === "failed") print(name)
} else {
  const report = read(first, undefined)
  const again = new Map(read(second, none).testResults.map((file) => [file.name, file]))
  const files = report?.testResults ?? []
  const last = files.map((file) => again.get(file.name) ?? file)
  for (const line of files.filter((file) => again.has(file.name)).flatMap(failures)) {
    print(`failed at first: ${line}`)
  }
  const failed = report === undefined ? ["the tests gave no report"] : last.flatMap(failures)
  const steps = process.env.FAILED_STEPS.split(" ")
    .filter((step) => step !== "" && (step !== "tests" || failed.length === 0))
  const all = [...failed, ...steps.map((step) => `the step ${step}`)]
  for (const line of all) print(`failed: ${line}`)
  const passed = last.reduce((sum, file) => sum + passedIn(file), 0)
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
  print(`${passed} passed, ${all.length} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`)
  process.exitCode = all.length > 0 || passed === 0 ? 1 : 0
}
