import { readFileSync } from "node:fs"

const ticksInASecond = 100

const statOf = (pid: number): ReadonlyArray<string> => {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8")
  return text.slice(text.lastIndexOf(")") + 2).split(" ")
}

const ticksOf = (pid: number, fields: ReadonlyArray<number>): number => {
  try {
    const stat = statOf(pid)
    return fields.reduce((sum, field) => sum + Number(stat[field]), 0)
  } catch {
    return 0
  }
}

const user = 11
const system = 12
const userOfEnded = 13
const systemOfEnded = 14

const childrenOf = (pid: number): ReadonlyArray<number> =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter((id) => id !== "").map(Number)

/** Returns the CPU seconds of a process on Linux. Returns null without a process id, or on other systems. */
export const secondsOf = (pid: number | undefined): number | null => {
  if (pid === undefined || process.platform !== "linux") return null
  return ticksOf(pid, [user, system]) / ticksInASecond
}

/** Returns the CPU seconds of a process and of its children, even of those that have ended. */
export const secondsOfTree = (pid: number | undefined): number | null => {
  if (pid === undefined || process.platform !== "linux") return null
  const own = ticksOf(pid, [user, system, userOfEnded, systemOfEnded])
  return childrenOf(pid).reduce((sum, child) => sum + ticksOf(child, [user, system]), own) / ticksInASecond
}
