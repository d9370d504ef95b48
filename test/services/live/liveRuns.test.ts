import { assert, describe, it } from "@effect/vitest"
import { Effect, Latch } from "effect"
import { CurrentCaller } from "../../../src/domain/Caller.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { time } from "../../../src/testing/rows.ts"
import {
  addLead,
  ana,
  boss,
  type Crm,
  liveOver,
  makeCrm,
  request,
  seconds,
  total,
  watching
} from "../../support/liveOver.ts"
import { caller } from "../../support/TestApp.ts"

const zoe = caller("admin", "zoe", "other")
const clients = { ...total, instanceId: "clients", filters: { status: "client" } }

const over = <A, E>(
  work: (crm: Crm) => Effect.Effect<A, E, Effect.Services<ReturnType<typeof watching>> | Admission>,
  settings?: Record<string, string>
) =>
  Effect.suspend(() => {
    const crm = makeCrm()
    return Effect.provide(work(crm), liveOver(crm, settings))
  })

describe("a live run", () => {
  it.effect("a live run sends all series, `ready`, and then only series that changed", () =>
    over(Effect.fnUntraced(function*(crm) {
      const widgets = [total, clients]
      const stream = yield* watching({ caller: ana, request: Effect.succeed({ ...request, widgets }) })
      assert.deepStrictEqual(stream.names(), ["series", "series", "ready"])
      addLead(crm, "ana")
      yield* seconds(1)
      assert.deepStrictEqual(stream.names(), ["series", "series", "ready", "series"])
      assert.deepStrictEqual(stream.values(), [1, 0, 2])
    })))

  it.effect("1,000 streams of an organization together look for changes once a second, and count nothing without a change", () =>
    over(Effect.fnUntraced(function*(crm) {
      yield* Effect.forEach(Array.from({ length: 1_000 }), () => watching({ caller: ana }), { concurrency: 100 })
      assert.strictEqual(crm.counts.length, 1_000)
      const looks = crm.looks.length
      yield* seconds(60)
      assert.deepStrictEqual([crm.looks.length - looks, crm.counts.length], [60, 1_000])
    })))

  it.effect("the query that looks for changes does not run as the person who opened the stream", () =>
    over(Effect.fnUntraced(function*(crm) {
      yield* Effect.provideService(watching({ caller: ana }), CurrentCaller, ana)
      yield* seconds(2)
      assert.deepStrictEqual(crm.lookers, [undefined, undefined, undefined])
    })))

  it.effect("looking for changes waits for a connection of the organization", () =>
    over(
      Effect.fnUntraced(function*(crm) {
        yield* watching({ caller: ana })
        const { withConnection } = yield* Admission
        const latch = yield* Latch.make()
        yield* Effect.forkChild(withConnection(ana.organizationId)(latch.await))
        const looks = crm.looks.length
        yield* seconds(2)
        assert.strictEqual(crm.looks.length, looks)
        yield* latch.open
        yield* seconds(2)
        assert.isAbove(crm.looks.length, looks)
      }),
      { DATABASE_POOL: "1" }
    ))

  it.effect("five seconds after the last stream ended, the service no longer looks for changes", () =>
    over(Effect.fnUntraced(function*(crm) {
      const stream = yield* watching({ caller: ana })
      yield* stream.leave
      yield* seconds(5)
      const looks = crm.looks.length
      yield* seconds(60)
      assert.strictEqual(crm.looks.length, looks)
    })))

  it.effect("a commit of another organization causes neither an event nor a run", () =>
    over(Effect.fnUntraced(function*(crm) {
      const stream = yield* watching({ caller: boss, request: Effect.succeed({ ...request, everyone: true }) })
      const other = yield* watching({ caller: zoe })
      const counts = crm.counts.length
      addLead(crm, "zoe", "other")
      yield* seconds(2)
      assert.deepStrictEqual([stream.values(), other.values()], [[2], [0, 1]])
      assert.deepStrictEqual(crm.counts.slice(counts).map(({ scope }) => scope.organization.organizationId), ["other"])
    })))

  it.effect("an organization whose runs never end does not hold up the streams of another organization", () =>
    over(Effect.fnUntraced(function*(crm) {
      let isHanging = false
      const check = Effect.suspend(() => isHanging ? Effect.never : Effect.succeed(ana))
      yield* Effect.forEach([1, 2, 3, 4, 5], () => watching({ caller: ana, check }))
      const other = yield* watching({ caller: zoe })
      isHanging = true
      addLead(crm, "ana")
      yield* seconds(1)
      addLead(crm, "zoe", "other")
      yield* seconds(1)
      assert.deepStrictEqual(other.values(), [0, 1])
    })))

  it.effect("a member gets no event when only rows of other people change", () =>
    over(Effect.fnUntraced(function*(crm) {
      const stream = yield* watching({ caller: ana })
      const all = yield* watching({ caller: boss, request: Effect.succeed({ ...request, everyone: true }) })
      addLead(crm, "bo")
      yield* seconds(2)
      assert.deepStrictEqual([stream.values(), all.values()], [[1], [2, 3]])
    })))

  it.effect("looking for changes does not read the members while the change log is on", () =>
    over(Effect.fnUntraced(function*(crm) {
      yield* watching({ caller: ana })
      yield* seconds(3)
      assert.deepStrictEqual(crm.digests, [])
    })))

  it.effect("a member who left drops out of a stream's numbers within a second, also without a change log", () =>
    over(Effect.fnUntraced(function*(crm) {
      crm.isLogged = false
      const all = yield* watching({ caller: boss, request: Effect.succeed({ ...request, assigneeIds: ["ana", "bo"] }) })
      crm.tables = { ...crm.tables, members: crm.tables.members.filter(({ userId }) => userId !== "bo") }
      yield* seconds(1)
      assert.deepStrictEqual(all.values(), [2, 1])
    })))

  it.effect("without a change log, a live run counts again every 10 seconds, but not earlier", () =>
    over(Effect.fnUntraced(function*(crm) {
      crm.isLogged = false
      const stream = yield* watching({ caller: ana })
      crm.tables = { ...crm.tables, leads: [] }
      yield* seconds(9)
      assert.deepStrictEqual([crm.counts.length, stream.values()], [1, [1]])
      yield* seconds(1)
      assert.deepStrictEqual([crm.counts.length, stream.values()], [2, [1, 0]])
      yield* seconds(40)
      assert.strictEqual(crm.counts.length, 6)
    })))

  it.effect("numbers that depend on the current time are counted again every five minutes", () =>
    over(Effect.fnUntraced(function*(crm) {
      const timeframe = { preset: "custom", from: "1970-01-01", to: "1970-01-31" }
      const leads = crm.tables.leads.map((lead) => ({ ...lead, createdAt: time("1970-01-01T00:04") }))
      crm.tables = { ...crm.tables, leads }
      const stream = yield* watching({ caller: ana, request: Effect.succeed({ ...request, timeframe }) })
      yield* seconds(299)
      assert.deepStrictEqual(stream.values(), [0])
      yield* seconds(1)
      assert.deepStrictEqual(stream.values(), [0, 1])
    })))

  it.effect("after 15 seconds without an event, a stream sends a comment", () =>
    over(Effect.fnUntraced(function*(crm) {
      const stream = yield* watching({ caller: ana })
      yield* seconds(14)
      assert.deepStrictEqual(stream.names(), ["series", "ready"])
      yield* seconds(16)
      assert.deepStrictEqual(stream.names(), ["series", "ready", "alive", "alive"])
      assert.strictEqual(crm.counts.length, 1)
    })))

  it.effect("while a client does not read, 20 changes cause one run, and the client then gets the latest series", () =>
    over(Effect.fnUntraced(function*(crm) {
      const stream = yield* watching({ caller: ana, isPaused: true })
      for (let added = 0; added < 20; added++) {
        addLead(crm, "ana")
        yield* seconds(1)
      }
      assert.strictEqual(crm.counts.length, 2)
      yield* stream.resume
      yield* seconds(1)
      assert.deepStrictEqual([stream.values(), crm.counts.length], [[1, 2, 21], 3])
    })))
})
