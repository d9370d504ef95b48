import type { DatabaseSync } from "node:sqlite"

/** SQLite's code for a file that another connection has locked. */
const busy = 5

const isBusy = (error: unknown) => error instanceof Error && "errcode" in error && error.errcode === busy

/** A worker that crashed releases its lock a moment after its last message. */
const waiting = { timeout: 500 }

/** The kernel releases this lock when the process ends. It also excludes containers that share the folder. */
export const lockFile = async (file: string): Promise<DatabaseSync> => {
  // Node 22 warns that this module is experimental.
  process.removeAllListeners("warning")
  const { DatabaseSync } = await import("node:sqlite")
  const lock = new DatabaseSync(file, waiting)
  try {
    lock.exec("BEGIN EXCLUSIVE")
    return lock
  } catch (error) {
    if (!isBusy(error)) throw error
    throw new Error("another process uses it: stop that process, or set DATABASE_URL or another DATA_FOLDER", {
      cause: error
    })
  }
}
