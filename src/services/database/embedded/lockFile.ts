import { Effect } from "effect"
import { readFile, rename, rm, writeFile } from "node:fs/promises"
import { setTimeout } from "node:timers/promises"
import { DatabaseUnusable } from "../errors.ts"

const held = new Set<string>()

const codeOf = (error: unknown) => error instanceof Error && "code" in error ? error.code : undefined

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === "EPERM"
  }
}

const writtenIn = (file: string) => readFile(file, "utf8").catch(() => "")

/** Process ids repeat in containers, so a lock with our id may be from an earlier process. */
const livingHolder = async (file: string): Promise<number | undefined> => {
  const text = await writtenIn(file)
  // Another process may have created the file and not yet written its id.
  const pid = Number.parseInt(text === "" ? await setTimeout(100).then(() => writtenIn(file)) : text, 10)
  if (pid === process.pid) return held.has(file) ? pid : undefined
  return pid > 0 && isAlive(pid) ? pid : undefined
}

const create = async (file: string): Promise<boolean> => {
  try {
    await writeFile(file, `${process.pid}\n`, { flag: "wx" })
    held.add(file)
    return true
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false
    throw error
  }
}

/** If another process has just made a new lock, `rename` moves it back. */
const removeStale = async (file: string) => {
  const aside = `${file}.${process.pid}`
  const isMoved = await rename(file, aside).then(() => true, () => false)
  if (isMoved && await livingHolder(aside) !== undefined) return rename(aside, file)
  return rm(aside, { force: true })
}

const take = async (file: string): Promise<number | undefined> => {
  if (await create(file)) return undefined
  const holder = await livingHolder(file)
  if (holder !== undefined) return holder
  await removeStale(file)
  return await create(file) ? undefined : await livingHolder(file) ?? 0
}

const release = (file: string) =>
  Effect.promise(() => {
    held.delete(file)
    return rm(file, { force: true })
  })

const taken = (file: string) =>
  Effect.tryPromise({
    try: () => take(file),
    catch: (cause) =>
      new DatabaseUnusable({
        reason: `DATA_FOLDER cannot be written (${cause instanceof Error ? cause.message : cause}): ` +
          "free space there, or set DATA_FOLDER to another folder"
      })
  })

export const lockFile = (file: string) =>
  Effect.acquireRelease(
    Effect.flatMap(taken(file), (holder) =>
      holder === undefined ? Effect.void : new DatabaseUnusable({
        reason: `${file} is held by process ${holder}: stop it, or set DATABASE_URL or another DATA_FOLDER`
      })),
    () => release(file)
  )
