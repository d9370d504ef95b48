import { ConfigProvider, Effect, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { App } from "../../src/App.ts"
import * as Database from "../../src/services/database/Database.ts"
import { freePort } from "./freePort.ts"
import { callerOf } from "./RunningService.ts"
import { issuer, type KeyPair, party } from "./Tokens.ts"

/** The real service on a real socket, in this process: its deadlines follow the test clock. Closes with the scope. */
export const serviceOnTestClock = Effect.fnUntraced(
  function*(url: Redacted.Redacted, key: KeyPair, more: Record<string, string> = {}) {
    const port = yield* Effect.promise(freePort)
    const env = {
      DATABASE_URL: Redacted.value(url),
      HOST: "127.0.0.1",
      PORT: String(port),
      CLERK_JWT_KEY: key.publicPem,
      CLERK_ISSUER: issuer,
      CLERK_AUTHORIZED_PARTIES: party,
      ...more
    }
    yield* TestClock.setTime(Date.now())
    const configured = Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
    // Connecting waits between attempts.
    const database = yield* TestClock.withLive(Layer.build(configured(Layer.fresh(Database.layer))))
    yield* Layer.build(App.pipe(
      Layer.provide(Database.readinessProbe),
      Layer.provide(Layer.succeedContext(database)),
      configured,
      Layer.fresh
    ))
    return { port, ...callerOf(port, key) }
  }
)
