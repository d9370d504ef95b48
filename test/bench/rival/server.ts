import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import { resolve } from "node:path"
import { text } from "node:stream/consumers"
import { setFlagsFromString } from "node:v8"
import { Pool } from "pg"
import { organizationId, others, report, type Widget } from "../widgets.ts"

// The service turns off V8's memory reducer too.
setFlagsFromString("--no-memory-reducer")

/** PostgreSQL plans for the actual parameters. With generic plans, wide scans take two to three times as long. */
const pool = new Pool({
  connectionString: process.env["DATABASE_URL"],
  max: 4,
  options: "-c plan_cache_mode=force_custom_plan"
})

const statementOf = ({ name, params }: Widget) => {
  const sql = readFileSync(resolve(import.meta.dirname, `${name}.sql`), "utf8")
  return [name, { name, text: sql, params }] as const
}

const statements = new Map([...report, ...others].map(statementOf))

const rowsOf = async (widget: string, people: ReadonlyArray<string>) => {
  const statement = statements.get(widget)
  if (statement === undefined) throw new Error(`no widget ${widget}`)
  const { name, params, text } = statement
  const { rows } = await pool.query({ name, text, values: [organizationId, people, ...params] })
  return rows
}

/** Takes `{ people, widgets }` and returns the rows of each widget, without a sign-in. */
const server = createServer(async (request, response) => {
  if (request.method === "GET") return response.end()
  const { people, widgets }: { people: ReadonlyArray<string>; widgets: ReadonlyArray<string> } = JSON.parse(
    await text(request)
  )
  const results = await Promise.all(widgets.map((widget) => rowsOf(widget, people)))
  const body = JSON.stringify({ results })
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) }).end(body)
})

server.keepAliveTimeout = 65_000
server.listen(Number(process.env["PORT"]), "127.0.0.1")
