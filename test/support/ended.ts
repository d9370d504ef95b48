import type { ChildProcess } from "node:child_process"

/** Returns null if a signal ended the process. */
export const ended = (child: ChildProcess) =>
  new Promise<number | null>((done) => {
    const isRunning = child.exitCode === null && child.signalCode === null
    return isRunning ? child.once("exit", done) : done(child.exitCode)
  })
