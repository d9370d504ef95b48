import { readFileSync } from "node:fs"
import module from "node:module"
import { join } from "node:path"
import { parseEnv } from "node:util"
import { nodeProblem } from "./nodeProblem.mjs"

const refuse = (problem) => {
  process.stderr.write(problem)
  process.exit(1)
}

const problem = nodeProblem(process.versions.node)
if (problem !== undefined) refuse(problem)

const settingsFile = () => {
  try {
    return readFileSync(".env", "utf8")
  } catch (error) {
    if (error.code === "ENOENT") return ""
    return refuse(`crm-reports: the file .env cannot be read (${error.message}): let this user read it, or remove it\n`)
  }
}

const settings = settingsFile()
if (settings.includes("\0")) refuse("crm-reports: the file .env is not text in UTF-8: save it in UTF-8\n")
// Some editors on Windows begin a file with U+FEFF. A variable of the environment overrides the file.
for (const [name, value] of Object.entries(parseEnv(settings.replace(/^\uFEFF/, "")))) process.env[name] ??= value

// The cache saves a third of the CPU time of later starts.
module.enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/crm-reports"))

const [command = "serve", ...rest] = process.argv.slice(2)
if (command === "serve" && rest.length === 0 && process.env.NODE_ENV !== "production") {
  // Loading the modules takes most of a second, so the start is announced first.
  process.stdout.write("CRM Reports is starting ...\n")
}

await import("./main.ts")
