import { Effect } from "effect"
import { access, constants, mkdir, stat } from "node:fs/promises"
import { dirname, resolve } from "node:path"
import { DatabaseUnusable } from "../errors.ts"

const exists = (path: string) => stat(path).then(() => true, () => false)

/** Node's recursive mkdir does not return for a folder below /proc. */
const make = async (folder: string): Promise<void> => {
  if (await exists(folder)) return
  await make(dirname(folder))
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error
  })
}

const check = async (folder: string) => {
  await make(folder)
  if (!(await stat(folder)).isDirectory()) throw new Error("it is not a folder")
  await access(folder, constants.W_OK | constants.X_OK)
}

export const writableFolder = (folder: string) =>
  Effect.tryPromise({
    try: () => check(resolve(folder)),
    catch: (cause) =>
      new DatabaseUnusable({
        reason: `DATA_FOLDER ${folder} cannot be written (${cause instanceof Error ? cause.message : cause}): ` +
          "set DATA_FOLDER to a folder of yours"
      })
  })
