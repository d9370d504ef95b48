import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { layout } from "../../conformance/people.ts"
import { eventually } from "../../support/eventually.ts"
import { keptApp } from "../../support/KeptApp.ts"

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

it.live("a request whose response cannot be stored succeeds, and its idempotency key stays in use until it expires", () =>
  Effect.gen(function*() {
    const app = yield* keptApp("forgetful memory")
    const init = { method: "POST", headers: { "idempotency-key": "k" }, body: JSON.stringify({ title: "New", layout }) }
    const asked = Effect.promise(() => app.call("/crm-reports", init, {}))
    assert.strictEqual((yield* asked).status, 201)
    const isForgotten = ({ headers }: { readonly headers: Headers }) => Number(headers.get("retry-after")) > 1
    const second = yield* eventually(asked, isForgotten)
    assert.strictEqual(second.status, 409)
  }))
