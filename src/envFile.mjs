import { readFileSync } from "node:fs"
// Node before 20.12 has no `parseEnv`. With an import by name, the line of `nodeProblem` would not appear there.
import util from "node:util"

const textOf = (file) => {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    if (error.code === "ENOENT") return ""
    throw error
  }
}

/** Reads `.env`. A variable of the environment overrides the file. Returns a problem, or undefined. */
export const envFileProblem = () => {
  try {
    const settings = textOf(".env")
    if (settings.includes("\0")) return "crm-reports: the file .env is not text in UTF-8: save it in UTF-8\n"
    // Some editors on Windows begin a file with U+FEFF.
    const variables = util.parseEnv(settings.replace(/^\uFEFF/, ""))
    for (const [name, value] of Object.entries(variables)) process.env[name] ??= value
    return undefined
  } catch (error) {
    return `crm-reports: the file .env cannot be read (${error.message}): let this user read it, or remove it\n`
  }
}
