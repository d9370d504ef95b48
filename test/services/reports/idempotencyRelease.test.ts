import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { layout } from "../../conformance/people.ts"
import { eventually, pause } from "../../support/eventually.ts"
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

it.live("the place of a freeze stays taken after its client has disconnected, until the freeze has ended", () =>
  Effect.gen(function*() {
    const freed: Array<string> = []
    const noting = Layer.effect(
      Admission,
      Effect.map(Admission, (unlimited): Admission["Service"] => ({
        ...unlimited,
        admit: (_caller, kind) => (work) => Effect.ensuring(work, Effect.sync(() => void freed.push(kind)))
      }))
    )
    const app = yield* keptApp("memory", Layer.provide(noting, Admission.unlimited))
    const sent = (body: unknown, init: RequestInit = {}) => ({ method: "POST", body: JSON.stringify(body), ...init })
    const { json: { id } } = yield* Effect.promise(() => app.call("/crm-reports", sent({ title: "New", layout }), {}))
    const path = `/crm-reports/${id}/snapshots`
    freed.length = 0
    app.latch.closeUnsafe()
    const leaving = new AbortController()
    const started = app.nextQuery()
    app.call(path, sent({}, { headers: { "idempotency-key": "k" }, signal: leaving.signal }), {}).catch(() => {})
    yield* Effect.promise(() => started)
    leaving.abort()
    yield* pause
    assert.deepStrictEqual(freed, [])
    yield* app.latch.open
    yield* eventually(Effect.sync(() => freed), ({ length }) => length > 0)
    assert.deepStrictEqual(freed, ["runs"])
    const { json: { total } } = yield* Effect.promise(() => app.call(path, {}, {}))
    assert.strictEqual(total, 1)
  }))
