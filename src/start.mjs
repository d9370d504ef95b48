import module from "node:module"
import { join } from "node:path"
import { nodeProblem } from "./nodeProblem.mjs"

const problem = nodeProblem(process.versions.node)
if (problem !== undefined) {
  process.stderr.write(problem)
  process.exit(1)
}

// Variables that are set already win over the file.
try {
  process.loadEnvFile()
} catch (error) {
  if (error.code !== "ENOENT") throw error
}

// A third less CPU at every later start; silently off where the folder cannot be written.
module.enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/crm-reports"))

// Loading the modules takes most of a second, so the first line comes before them.
const [command = "serve", ...rest] = process.argv.slice(2)
if (command === "serve" && rest.length === 0 && process.env.NODE_ENV !== "production") {
  process.stdout.write("CRM Reports is starting ...\n")
}

await import("./main.ts")
