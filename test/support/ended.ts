import type { ChildProcess } from "node:child_process"

/** Waits for the end of the process. Returns its exit code, or null if a signal ended it. */
export const ended = (child: ChildProcess) =>
  new Promise<number | null>((done) => {
    const isRunning = child.exitCode === null && child.signalCode === null
    return isRunning ? child.once("exit", done) : done(child.exitCode)
  })
