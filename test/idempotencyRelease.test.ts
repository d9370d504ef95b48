import { assert, it } from "@effect/vitest"
import { Effect, Schedule } from "effect"
import { keptApp } from "./support/KeptApp.ts"

it.live("a key is let go as soon as it can be, though it could not be when its request failed", () =>
  Effect.gen(function*() {
    const app = yield* keptApp("forgetful memory")
    const path = `/crm-reports/${crypto.randomUUID()}/snapshots`
    const init = { method: "POST", headers: { "idempotency-key": "k" }, body: "{}" }
    const asked = Effect.promise(() => app.call(path, init, {}))
    const first = yield* asked
    const [second, later] = [yield* asked, Effect.filterOrFail(asked, ({ status }) => status !== 409)]
    const last = yield* Effect.retry(later, { schedule: Schedule.spaced("200 millis"), times: 50 })
    assert.deepStrictEqual([first.status, second.status, last.status], [404, 409, 404])
  }))
