import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Stream } from "effect"
import { TestClock } from "effect/testing"
import { RoleChanged } from "../../../src/domain/Live.ts"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { recordFile } from "../../../src/services/export/recordFile.ts"
import { recordsOf } from "../../support/recordsOf.ts"
import { caller } from "../../support/TestApp.ts"

const boss = caller("admin", "boss")
const asked = { widget: { instanceId: "w", metricId: "leads.by_source", chart: "bar" }, everyone: true }
const limits = { batch: 4, maxRecords: 100 }

const withinGrace = "299 seconds"
const beyondGrace = "301 seconds"

/** Reads a file of three pages. Before its second page, `change` runs. Returns the end and the pages that were read. */
const endOf = <E, R>(
  check: Effect.Effect<typeof boss, E>,
  expiresAt: number | undefined,
  change: Effect.Effect<unknown, never, R>,
  { read, service } = recordsOf(12)
) =>
  Effect.gen(function*() {
    const file = yield* recordFile(service, "csv", { caller: boss, check, expiresAt }, asked, "en", limits)
    let parts = 0
    const afterFirst = Effect.suspend(() => (parts += 1) === 2 ? change : Effect.void)
    const end = yield* Effect.exit(Stream.runForEachArray(file, () => afterFirst))
    return [end, read] as const
  })

const first = ["0"]
const all = ["0", "4", "8"]

describe("access to later pages of a file of records", () => {
  it.effect("a file that a key asked for ends before the next page when the key is revoked", () =>
    Effect.gen(function*() {
      let isRevoked = false
      const check = Effect.suspend(() => isRevoked ? Effect.fail("revoked") : Effect.succeed(boss))
      const revoke = Effect.sync(() => void (isRevoked = true))
      assert.deepStrictEqual(yield* endOf(check, undefined, Effect.void), [Exit.void, all])
      assert.deepStrictEqual(yield* endOf(check, undefined, revoke), [Exit.fail("revoked"), first])
    }))

  it.effect("a file that a key asked for ends before the next page when its admin was demoted", () =>
    Effect.gen(function*() {
      const check = Effect.succeed({ ...boss, role: "member" as const })
      assert.deepStrictEqual(yield* endOf(check, undefined, Effect.void), [Exit.fail(new RoleChanged()), first])
    }))

  it.effect("a file goes on for five minutes although its session token expires, and then ends", () =>
    Effect.gen(function*() {
      const check = Effect.fail("expired")
      const end = (wait: typeof withinGrace | typeof beyondGrace) => endOf(check, 60_000, TestClock.adjust(wait))
      assert.deepStrictEqual(yield* end(withinGrace), [Exit.void, all])
      assert.deepStrictEqual(yield* end(beyondGrace), [Exit.fail("expired"), first])
    }))

  it.effect("overload refuses a new file, and does not end a file that has begun", () =>
    Effect.gen(function*() {
      const { read, service } = recordsOf(12)
      let isOverloaded = false
      const page: typeof service.page = (caller, request) =>
        Effect.suspend(() => isOverloaded ? Effect.fail(new Unavailable()) : service.page(caller, request))
      const overload = Effect.sync(() => void (isOverloaded = true))
      const open = () => endOf(Effect.succeed(boss), undefined, overload, { read, service: { ...service, page } })
      assert.deepStrictEqual(yield* open(), [Exit.void, all])
      assert.deepStrictEqual(yield* Effect.exit(open()), Exit.fail(new Unavailable()))
    }))
})
