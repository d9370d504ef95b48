import { Config as Env, Context, Effect, Layer, ManagedRuntime, Redacted } from "effect"
import type { TestProject } from "vitest/node"
import { Config } from "../../src/Config.ts"
import * as Database from "../../src/services/database/Database.ts"
import { embeddedServer } from "./embeddedServer.ts"
import { temporaryFolder } from "./folder.ts"
import { pgbouncer } from "./pgbouncer.ts"
import { databaseOn, settingsOf } from "./Postgres.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** Each test file gets a database on this server. */
    serverUrl: string
    /** The databases of the test files are copies of this migrated database. */
    template: string
    /** A PgBouncer in front of the server listens on this port. The port is 0 without PgBouncer. */
    poolerPort: number
    /** The test files share this folder. It is removed at the end. */
    sharedFolder: string
  }
}

class Prepared extends Context.Service<Prepared, {
  readonly serverUrl: string
  readonly template: string
  readonly poolerPort: number
  readonly sharedFolder: string
}>()("crm-reports/test/Prepared") {
  static readonly layer = Layer.effect(
    Prepared,
    Effect.gen(function*() {
      const given = yield* Config.databaseUrl
      const server = yield* Effect.fromOption(given).pipe(Effect.catch(() => embeddedServer))
      const template = `crm_reports_template_${process.pid}`
      const url = yield* databaseOn(server, template)
      yield* Effect.scoped(Layer.build(Database.layerOf(settingsOf(url))))
      const isPooled = yield* Env.Boolean("PGBOUNCER").pipe(Env.withDefault(false))
      return {
        serverUrl: Redacted.value(server),
        template,
        poolerPort: isPooled ? (yield* pgbouncer(server)).port : 0,
        sharedFolder: yield* temporaryFolder
      }
    })
  )
}

export default async (project: TestProject) => {
  const runtime = ManagedRuntime.make(Prepared.layer)
  const stop = () => runtime.dispose()
  try {
    const { poolerPort, serverUrl, sharedFolder, template } = await runtime.runPromise(Effect.service(Prepared))
    project.provide("serverUrl", serverUrl)
    project.provide("template", template)
    project.provide("poolerPort", poolerPort)
    project.provide("sharedFolder", sharedFolder)
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}
