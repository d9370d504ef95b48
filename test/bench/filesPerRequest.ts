import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { ConfigProvider, Console, Effect, Layer, Redacted, Schema } from "effect"
import { Session } from "node:inspector/promises"
import { join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { served } from "../../src/commands/serve.ts"
import { embeddedServer } from "../support/embeddedServer.ts"
import { freePort } from "../support/freePort.ts"
import { claims, clerkSettings, makeKeyPair, sign } from "../support/Tokens.ts"

const source = resolve(import.meta.dirname, "../../src")

/** Returns the files of `src` in which a function ran since the last call. */
const filesRun = async (session: Session) => {
  const { result } = await session.post("Profiler.takePreciseCoverage")
  return result
    .filter(({ functions, url }) =>
      url.startsWith("file:") && fileURLToPath(url).startsWith(source) &&
      functions.some(({ ranges }) => (ranges[0]?.count ?? 0) > 0)
    )
    .map(({ url }) => fileURLToPath(url).slice(join(source, "/").length))
    .sort()
}

const key = makeKeyPair()

const decodeReport = Schema.decodeUnknownEffect(Schema.Struct({ id: Schema.String }))

const runs = 40

/** Starts the service in this process and repeats three requests. Returns the files that each of them runs. */
const measured = Effect.fnUntraced(function*(url: Redacted.Redacted, replicaRows: string) {
  const port = yield* Effect.promise(() => freePort())
  const env = {
    DATABASE_URL: Redacted.value(url),
    PORT: String(port),
    REPLICA_ROWS: replicaRows,
    ...clerkSettings(key.publicPem)
  }
  yield* Layer.build(served.pipe(
    Layer.provide(NodeServices.layer),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
  ))
  const session = new Session()
  session.connect()
  yield* Effect.promise(() => session.post("Profiler.enable"))
  yield* Effect.promise(() => session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true }))
  const headers = { authorization: `Bearer ${sign(key, claims())}`, "content-type": "application/json" }
  const send = async (path: string, body: unknown): Promise<unknown> => {
    const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) }
    const response = await fetch(`http://127.0.0.1:${port}/crm-reports${path}`, init)
    return response.json()
  }
  const widget = { instanceId: "a", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 1, h: 1 }
  const report = yield* Effect.promise(() => send("", { title: "Saved", layout: { widgets: [widget] } }))
  const { id } = yield* decodeReport(report)
  const filesOf = Effect.fnUntraced(function*(path: string, body: unknown) {
    for (let run = 0; run < runs; run++) {
      yield* Effect.promise(() => send(path, body))
      yield* Effect.sleep("20 millis")
    }
    yield* Effect.promise(() => filesRun(session))
    yield* Effect.promise(() => send(path, body))
    return yield* Effect.promise(() => filesRun(session))
  })
  const { chart, instanceId, metricId } = widget
  return {
    stat: yield* filesOf("/metrics/run", { widgets: [{ chart, instanceId, metricId }] }),
    freeze: yield* filesOf(`/${id}/snapshots`, {}),
    get: yield* filesOf(`/${id}`, undefined)
  }
})

/** Prints how many files of `src` a request runs after 40 equal requests. With `--list`, prints their names too. */
const program = Effect.gen(function*() {
  const url = yield* embeddedServer
  const sql = yield* Effect.scoped(measured(url, "0"))
  const replica = yield* Effect.scoped(measured(url, "10000"))
  const all = { "stat by SQL": sql.stat, "stat by replica": replica.stat, freeze: sql.freeze, "GET a report": sql.get }
  for (const [name, files] of Object.entries(all)) {
    yield* Console.log(`${name}: ${files.length}`)
    if (process.argv.includes("--list")) yield* Console.log(files.map((file) => `  ${file}`).join("\n"))
  }
})

NodeRuntime.runMain(Effect.scoped(program))
