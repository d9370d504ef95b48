import { assert, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { cursorsFor } from "../../../src/services/run/RecordCursor.ts"
import { person } from "../../support/targets.ts"

const widget = { instanceId: "w", metricId: "leads.by_source", chart: "bar" }
const cursors = cursorsFor("a secret", person("ana"), { widget })

const asOf = Date.parse("2026-10-10T12:00:00Z")
const day = 86_400_000

it.effect("a cursor is valid for a day, also for a process whose clock is five seconds behind", () =>
  Effect.gen(function*() {
    const after = { at: asOf, id: "l1", totals: undefined }
    const text = cursors.textOf({ asOf, after, currency: undefined, shown: [], list: "a digest" })
    const isValid = (later: number) => Effect.map(Effect.exit(cursors.read(text, asOf + later)), Exit.isSuccess)
    const found = yield* Effect.forEach([-5_001, -5_000, 0, day, day + 1], isValid)
    assert.deepStrictEqual(found, [false, true, true, true, false])
  }))

it.effect("a cursor is read whose record has a long id", () =>
  Effect.gen(function*() {
    const after = { at: asOf, id: "x".repeat(2_000), totals: undefined }
    const text = cursors.textOf({ asOf, after, currency: undefined, shown: [], list: "a digest" })
    assert.deepStrictEqual((yield* cursors.read(text, asOf)).after, after)
  }))
