import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { eventually } from "./support/eventually.ts"
import { keptApp } from "./support/KeptApp.ts"

it.live("a failed request frees its idempotency key although the first two attempts to free it fail", () =>
  Effect.gen(function*() {
    const app = yield* keptApp("forgetful memory")
    const path = `/crm-reports/${crypto.randomUUID()}/snapshots`
    const init = { method: "POST", headers: { "idempotency-key": "k" }, body: "{}" }
    const asked = Effect.promise(() => app.call(path, init, {}))
    const first = yield* asked
    const second = yield* asked
    const last = yield* eventually(asked, ({ status }) => status !== 409)
    assert.deepStrictEqual([first.status, second.status, last.status], [404, 409, 404])
  }))
