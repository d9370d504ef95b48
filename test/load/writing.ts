import { Effect, type Redacted, Redacted as Secret } from "effect"
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads"
import { Client } from "pg"

export interface Write {
  readonly table: string
  /** The write ended at this time, in epoch milliseconds. */
  readonly at: number
  readonly millis: number
  /** The write waited for these statements. */
  readonly heldBy: ReadonlyArray<string>
}

const statements: ReadonlyArray<readonly [string, string]> = [
  [
    "leads",
    `INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
    VALUES ('org_writers', 'lead_' || $1, 'user_a', 'lead', now())`
  ],
  [
    "calls",
    `INSERT INTO crm.calls (organization_id, call_id, lead_id, owner_id, outcome, direction, duration_seconds, started_at)
    VALUES ('org_writers', 'call_' || $1, 'lead_1', 'user_a', 'success', 'outbound', 60, now())`
  ],
  [
    "leads",
    `UPDATE crm.leads SET status = 'client' WHERE organization_id = 'org_writers' AND lead_id = 'lead_' || $1`
  ]
]

const blockers = `SELECT query FROM pg_stat_activity WHERE pid = ANY (pg_blocking_pids($1))`

/** Writes one row after the other. Every 10 ms, a second connection reads which statements the write waits for. */
const written = async (url: string, end: Promise<void>) => {
  const [writer, watcher] = [new Client(url), new Client(url)]
  await Promise.all([writer.connect(), watcher.connect()])
  const { rows: [own] } = await writer.query("SELECT pg_backend_pid() AS pid")
  let [isOver, heldBy] = [false, new Set<string>()]
  void end.then(() => isOver = true)
  const writes: Array<Write> = []
  const watch = async (): Promise<void> => {
    const { rows } = await watcher.query(blockers, [own.pid])
    for (const { query } of rows) heldBy.add(String(query).replaceAll(/\s+/g, " ").slice(0, 100))
    await new Promise((done) => setTimeout(done, 10))
    if (!isOver) return watch()
  }
  const write = async (index: number): Promise<void> => {
    const [table = "", statement = ""] = statements[index % statements.length] ?? []
    heldBy = new Set()
    const started = performance.now()
    await writer.query(statement, [String(Math.floor(index / statements.length))])
    writes.push({ table, at: Date.now(), millis: performance.now() - started, heldBy: [...heldBy] })
    if (!isOver) return write(index + 1)
  }
  // Rows of an earlier run remain if that run was killed.
  const clear = async () => {
    await writer.query("DELETE FROM crm.leads WHERE organization_id = 'org_writers'")
    await writer.query("DELETE FROM crm.calls WHERE organization_id = 'org_writers'")
  }
  await clear()
  const watching = watch()
  await write(0)
  await watching
  await clear()
  await Promise.all([writer.end(), watcher.end()])
  return writes
}

/** Writes rows in another thread. The returned effect ends the thread and returns its writes. */
export const writing = (url: Redacted.Redacted) =>
  Effect.sync(() => {
    const worker = new Worker(new URL(import.meta.url), { workerData: Secret.value(url) })
    return Effect.callback<ReadonlyArray<Write>>((resume) => {
      worker.once("message", (writes: ReadonlyArray<Write>) => resume(Effect.succeed(writes)))
      worker.once("error", (error) => resume(Effect.die(error)))
      worker.postMessage("end", [])
    })
  })

if (!isMainThread && parentPort !== null) {
  const port = parentPort
  const end = new Promise<void>((done) => port.once("message", () => done()))
  port.postMessage(await written(String(workerData), end), [])
}
