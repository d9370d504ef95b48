import { accessSync, constants } from "node:fs"
import type { DatabaseSync } from "node:sqlite"

/** SQLite's code for a file that another connection has locked. */
const busy = 5

const isBusy = (error: unknown) => error instanceof Error && "errcode" in error && error.errcode === busy

/** A worker that crashed releases its lock a moment after its last message. */
const waiting = { timeout: 500 }

/** The kernel releases this lock when the process ends. It also excludes containers of the same machine. */
export const lockFile = async (file: string): Promise<DatabaseSync> => {
  const { DatabaseSync } = await import("node:sqlite")
  const lock = new DatabaseSync(file, waiting)
  // SQLite would open a file that it may not write, and its lock would exclude nothing.
  accessSync(file, constants.W_OK)
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
