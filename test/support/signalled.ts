/** Sends the signal. Returns false if the process has already ended. */
export const signalled = (pid: number, signal: NodeJS.Signals) => {
  if (pid <= 0) throw new Error("a signal to process 0 or below would go to the processes of the test runner")
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false
    throw error
  }
}
