import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { Console, Data, Effect, Redacted } from "effect"
import { join } from "node:path"
import { runProcess, started } from "../support/commandLine.ts"
import { embeddedServer } from "../support/embeddedServer.ts"
import { freePort } from "../support/freePort.ts"
import { clerkSettings, makeKeyPair } from "../support/Tokens.ts"
import { unprivileged } from "../support/unprivileged.ts"

class Wrong extends Data.TaggedError("Wrong")<{ readonly what: string; readonly found: unknown }> {
  override get message() {
    return `${this.what}: ${JSON.stringify(this.found)}`
  }
}

const [app = "", command = "", healthCheck = ""] = process.argv.slice(2)

const expect = (what: string, found: unknown, expected: unknown) =>
  found === expected ? Effect.void : Effect.fail(new Wrong({ what, found }))

/** Returns the options that run a command such as `node src/start.mjs`. */
const programOf = (line: string) => ({
  program: join(app, line.replace(/^node /, "")),
  cwd: app,
  ...unprivileged()
})

const statusOf = (url: string) => Effect.promise(() => fetch(url).then(({ status }) => status))

const served = Effect.fnUntraced(function*(name: string, more: Record<string, string>) {
  const port = yield* Effect.promise(freePort)
  const env = {
    NODE_ENV: "production",
    NODE_DISABLE_COMPILE_CACHE: "1",
    HOST: "127.0.0.1",
    PORT: String(port),
    DRAIN_FOR: "0 seconds",
    ...clerkSettings(makeKeyPair().publicPem),
    ...more
  }
  const service = yield* Effect.acquireRelease(
    Effect.sync(() => started([], env, programOf(command))),
    (service) => service.signal("SIGKILL")
  )
  yield* service.hasSaid("/openapi.json")
  for (const path of ["/ready", "/app/", "/docs"]) {
    yield* expect(`${name}: status of ${path}`, yield* statusOf(`http://127.0.0.1:${port}${path}`), 200)
  }
  const health = (PORT: number) => runProcess([], { ...env, PORT: String(PORT) }, programOf(healthCheck))
  yield* expect(`${name}: exit code of the health check`, (yield* health(port)).code, 0)
  yield* expect(`${name}: exit code of the health check without a service`, (yield* health(1)).code, 1)
  yield* service.signal("SIGTERM")
  yield* expect(`${name}: exit code after SIGTERM`, (yield* service.ended).code, 0)
  yield* Console.log(`image: answers /ready with ${name}, and ends after SIGTERM`)
})

const server = Effect.flatMap(embeddedServer, (url) => served("PostgreSQL", { DATABASE_URL: Redacted.value(url) }))

Effect.scoped(server).pipe(
  Effect.andThen(Effect.scoped(served("the embedded PostgreSQL", { NODE_ENV: "development" }))),
  NodeRuntime.runMain
)
