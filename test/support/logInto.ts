import { Logger } from "effect"

/** Effect's test clock warns a test that takes longer than a second, which a busy machine can cause. */
const isOfTestClock = (line: string) => line.includes("is not advancing the test clock")

/** Replaces the loggers by one that appends each line to `lines`. */
export const logInto = (lines: Array<string>) =>
  Logger.layer([Logger.map(Logger.formatLogFmt, (line) => {
    if (!isOfTestClock(line)) lines.push(line)
  })])
