import { readFileSync } from "node:fs"

/** The first page of the reference, in Markdown. */
export const guide = readFileSync(new URL("./guide.md", import.meta.url), "utf8").trimEnd()
