import { readFileSync } from "node:fs"
import { parseEnv } from "node:util"

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
    for (const [name, value] of Object.entries(parseEnv(settings.replace(/^\uFEFF/, "")))) process.env[name] ??= value
    return undefined
  } catch (error) {
    return `crm-reports: the file .env cannot be read (${error.message}): let this user read it, or remove it\n`
  }
}
