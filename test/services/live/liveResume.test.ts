import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { runRequestOf } from "../../../src/domain/DefaultView.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
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

const clients = { ...total, instanceId: "clients", filters: { status: "client" } }
const two = Effect.succeed({ ...request, widgets: [total, clients] })

const over = <A, E>(
  work: (crm: Crm) => Effect.Effect<A, E, Effect.Services<ReturnType<typeof watching>> | ReportRepo>
) =>
  Effect.suspend(() => {
    const crm = makeCrm()
    return Effect.provide(work(crm), liveOver(crm))
  })

/** Opens a stream and leaves it. Returns the ids of its events. */
const left = Effect.fnUntraced(function*(asked: Parameters<typeof watching>[0]) {
  const stream = yield* watching(asked)
  yield* stream.leave
  return stream.ids()
})

describe("a live run that is opened again", () => {
  it.effect("a client that already has all series gets only `ready` when it opens its stream again", () =>
    over(Effect.fnUntraced(function*(crm) {
      const ids = yield* left({ caller: ana, request: two })
      const counts = crm.counts.length
      const stream = yield* watching({ caller: ana, request: two, lastEventId: ids.at(-1) })
      assert.deepStrictEqual([stream.names(), crm.counts.length], [["ready"], counts])
    })))

  it.effect("a client that opens its stream again gets only the series that changed meanwhile", () =>
    over(Effect.fnUntraced(function*(crm) {
      const ids = yield* left({ caller: ana, request: two })
      addLead(crm, "ana")
      yield* seconds(2)
      const stream = yield* watching({ caller: ana, request: two, lastEventId: ids.at(-1) })
      assert.deepStrictEqual([stream.names(), stream.values()], [["series", "ready"], [2]])
    })))

  it.effect("a change just before a stream is opened again is sent within a second", () =>
    over(Effect.fnUntraced(function*(crm) {
      const ids = yield* left({ caller: ana, request: two })
      addLead(crm, "ana")
      const stream = yield* watching({ caller: ana, request: two, lastEventId: ids.at(-1) })
      assert.deepStrictEqual(stream.names(), ["ready"])
      yield* seconds(1)
      assert.deepStrictEqual(stream.values(), [2])
    })))

  it.effect("a series that the client did not receive is sent again", () =>
    over(Effect.fnUntraced(function*(crm) {
      const [first] = yield* left({ caller: ana, request: two })
      const stream = yield* watching({ caller: ana, request: two, lastEventId: first })
      assert.deepStrictEqual([stream.names(), stream.values()], [["series", "ready"], [0]])
      assert.strictEqual(crm.counts.length, 4)
    })))

  it.effect("a stream that is opened with a Last-Event-ID without a number sends all series", () =>
    over(Effect.fnUntraced(function*() {
      const ids = yield* left({ caller: ana, request: two })
      const [ticket] = ids.at(-1)?.split(".") ?? []
      const stream = yield* watching({ caller: ana, request: two, lastEventId: `${ticket}.all` })
      assert.deepStrictEqual(stream.values(), [1, 0])
    })))

  it.effect("a stream that is opened with the Last-Event-ID of another person, role, organization or request sends all series", () =>
    over(Effect.fnUntraced(function*() {
      const all = Effect.succeed({ ...request, everyone: true })
      const lastEventId = (yield* left({ caller: boss, request: all })).at(-1)
      const others = [
        { caller: { ...boss, role: "member" as const }, request: all },
        { caller: caller("admin", "ana"), request: all },
        { caller: caller("admin", "boss", "other"), request: all },
        { caller: boss, request: two }
      ]
      const streams = yield* Effect.forEach(others, (asked) => watching({ ...asked, lastEventId }))
      assert.deepStrictEqual(streams.map((stream) => stream.values()), [[0], [2], [0], [0, 0]])
      const own = yield* watching({ caller: boss, request: all, lastEventId })
      assert.deepStrictEqual(own.names(), ["ready"])
    })))

  it.effect("a stream of a report that is changed back while it is closed has no series of the change", () =>
    over(Effect.fnUntraced(function*() {
      const reports = yield* ReportRepo
      const layoutOf = (widget: object) => ({ widgets: [{ ...total, ...widget, x: 0, y: 0, w: 1, h: 1 }] })
      const { id } = yield* reports.create(ana, { title: "Mine", layout: layoutOf({}) })
      const request = Effect.map(reports.find(ana, id), (report) => runRequestOf(report, {}))
      const asked = { caller: ana, reportId: id, request }
      const stream = yield* watching(asked)
      yield* reports.update(ana, id, { layout: layoutOf({ filters: { status: "client" } }) }, undefined)
      yield* seconds(1)
      yield* stream.leave
      yield* reports.update(ana, id, { layout: layoutOf({}) }, undefined)
      const again = yield* watching({ ...asked, lastEventId: stream.ids().at(-1) })
      assert.deepStrictEqual([stream.values(), again.values()], [[1, 0], [1]])
    })))

  it.effect("after a member left, numbers over chosen people exclude this member when the stream is opened again", () =>
    over(Effect.fnUntraced(function*(crm) {
      const asked = { caller: boss, request: Effect.succeed({ ...request, assigneeIds: ["ana", "bo"] }) }
      const ids = yield* left(asked)
      crm.tables = { ...crm.tables, members: crm.tables.members.filter(({ userId }) => userId !== "bo") }
      yield* seconds(60)
      const stream = yield* watching({ ...asked, lastEventId: ids.at(-1) })
      assert.deepStrictEqual([stream.names(), stream.values()], [["series", "ready"], [1]])
    })))

  it.effect("numbers that depend on the current time are counted every fifth minute, even if the stream was opened again", () =>
    over(Effect.fnUntraced(function*(crm) {
      yield* seconds(240)
      const ids = yield* left({ caller: ana })
      yield* watching({ caller: ana, lastEventId: ids.at(-1) })
      yield* seconds(60)
      assert.strictEqual(crm.counts.length, 2)
    })))

  it.effect("without a change log, the numbers of a stream that is opened again each second are counted every 10 seconds", () =>
    over(Effect.fnUntraced(function*(crm) {
      crm.isLogged = false
      let ids = yield* left({ caller: ana })
      for (let second = 0; second < 30; second++) {
        yield* seconds(1)
        ids = yield* left({ caller: ana, lastEventId: ids.at(-1) })
      }
      assert.strictEqual(crm.counts.length, 4)
    })))

  it.effect("a client that opens its stream again after a minute gets all series", () =>
    over(Effect.fnUntraced(function*() {
      const ids = yield* left({ caller: ana })
      yield* seconds(60)
      const stream = yield* watching({ caller: ana, lastEventId: ids.at(-1) })
      assert.deepStrictEqual(stream.names(), ["series", "ready"])
    })))

  it.effect("events do not tell whether rows of other people change", () =>
    over(Effect.fnUntraced(function*(crm) {
      const stream = yield* watching({ caller: ana })
      const [, ready = ""] = stream.ids()
      addLead(crm, "bo")
      yield* seconds(2)
      yield* stream.leave
      const again = yield* watching({ caller: ana, lastEventId: ready })
      assert.deepStrictEqual([stream.names(), again.names(), again.ids()], [["series", "ready"], ["ready"], [ready]])
    })))
})
