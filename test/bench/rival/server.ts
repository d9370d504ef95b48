import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import { resolve } from "node:path"
import { text } from "node:stream/consumers"
import { setFlagsFromString } from "node:v8"
import { Pool, type PoolClient } from "pg"
import { organizationId, others, report, type Widget } from "../widgets.ts"

// The service also runs without V8's memory reducer.
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

interface Question {
  readonly people: ReadonlyArray<string>
  readonly widgets: ReadonlyArray<string>
}

const rowsOf = async (client: Pool | PoolClient, widget: string, people: ReadonlyArray<string>) => {
  const statement = statements.get(widget)
  if (statement === undefined) throw new Error(`no widget ${widget}`)
  const { name, params, text } = statement
  const { rows } = await client.query({ name, text, values: [organizationId, people, ...params] })
  return rows
}

const ran = async ({ people, widgets }: Question) =>
  JSON.stringify({ results: await Promise.all(widgets.map((widget) => rowsOf(pool, widget, people))) })

/** Stores the rows of all widgets as they are at one moment. */
const frozen = async ({ people, widgets }: Question) => {
  const client = await pool.connect()
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ")
    const one = async (before: Promise<ReadonlyArray<unknown>>, widget: string) => [
      ...(await before),
      await rowsOf(client, widget, people)
    ]
    const results = await widgets.reduce(one, Promise.resolve([]))
    const body = JSON.stringify({ results })
    await client.query({ name: "store", text: "INSERT INTO frozen_reports (content) VALUES ($1)", values: [body] })
    await client.query("COMMIT")
    return body
  } finally {
    client.release()
  }
}

await pool.query("DROP TABLE IF EXISTS frozen_reports")
await pool.query("CREATE TABLE frozen_reports (id bigserial PRIMARY KEY, content jsonb NOT NULL)")

/** Answers `{ people, widgets }` with the rows of each widget. Nobody has to sign in. */
const server = createServer(async (request, response) => {
  if (request.method === "GET") return response.end()
  const question: Question = JSON.parse(await text(request))
  const body = await (request.url === "/freeze" ? frozen(question) : ran(question))
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) }).end(body)
})

server.keepAliveTimeout = 65_000
server.listen(Number(process.env["PORT"]), "127.0.0.1")
