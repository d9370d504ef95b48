import { ConfigProvider, Effect, Exit, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { served } from "../../src/commands/serve.ts"
import { eventually } from "./eventually.ts"
import { freePort } from "./freePort.ts"
import { say } from "./locks.ts"
import { callerOf, withoutRateLimits } from "./RunningService.ts"
import { clerkSettings, type KeyPair } from "./Tokens.ts"

/** Runs the real service in this process until the scope closes. Its deadlines follow the test clock. */
export const serviceOnTestClock = Effect.fnUntraced(
  function*(url: Redacted.Redacted, key: KeyPair, more: Record<string, string> = {}) {
    const port = yield* Effect.promise(freePort)
    const env = {
      DATABASE_URL: Redacted.value(url),
      HOST: "127.0.0.1",
      PORT: String(port),
      ...clerkSettings(key.publicPem),
      ...withoutRateLimits,
      ...more
    }
    // The service cannot wait for the database itself, because the test clock stands still.
    yield* eventually(Effect.exit(say(url, "SELECT 1")), Exit.isSuccess)
    yield* TestClock.setTime(Date.now())
    const configured = Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
    yield* Layer.build(served.pipe(configured, Layer.fresh))
    return { port, ...callerOf(port, key) }
  }
)
