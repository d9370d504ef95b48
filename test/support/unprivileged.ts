import { execFileSync } from "node:child_process"

export const isRoot = process.getuid?.() === 0

const idOf = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }))

/** Returns options of `spawn` for a process without the rights of root. */
export const unprivileged = () => isRoot ? { uid: idOf("-u"), gid: idOf("-g") } : {}
