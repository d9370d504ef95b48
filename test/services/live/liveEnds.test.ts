import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { runRequestOf } from "../../../src/domain/DefaultView.ts"
import { RoleChanged } from "../../../src/domain/Live.ts"
import { ReportNotFound } from "../../../src/domain/Report.ts"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { Readiness } from "../../../src/services/database/Readiness.ts"
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

const over = <A, E>(
  work: (crm: Crm) => Effect.Effect<A, E, Effect.Services<ReturnType<typeof watching>> | ReportRepo | Readiness>,
  settings?: Record<string, string>
) =>
  Effect.suspend(() => {
    const crm = makeCrm()
    return Effect.provide(work(crm), liveOver(crm, settings))
  })

describe("the end of a live run", () => {
  it.effect("after an admin was demoted, the admin's stream sends `role_changed` instead of a series", () =>
    over(Effect.fnUntraced(function*(crm) {
      let role: "admin" | "member" = "admin"
      const stream = yield* watching({
        caller: boss,
        check: Effect.sync(() => ({ ...boss, role })),
        request: Effect.succeed({ ...request, everyone: true })
      })
      role = "member"
      addLead(crm, "bo")
      yield* seconds(1)
      assert.deepStrictEqual([stream.values(), stream.end()], [[2], Exit.fail(new RoleChanged())])
    })))

  it.effect("a demotion ends a stream within 15 seconds although no row changes", () =>
    over(Effect.fnUntraced(function*() {
      let role: "admin" | "member" = "admin"
      const stream = yield* watching({ caller: boss, check: Effect.sync(() => ({ ...boss, role })) })
      role = "member"
      yield* seconds(15)
      assert.deepStrictEqual(stream.end(), Exit.fail(new RoleChanged()))
    })))

  it.effect("a stream ends without a further series when its caller's credential is refused", () =>
    over(Effect.fnUntraced(function*(crm) {
      let isRefused = false
      const check = Effect.suspend(() => isRefused ? Effect.fail("refused") : Effect.succeed(ana))
      const stream = yield* watching({ caller: ana, check })
      isRefused = true
      addLead(crm, "ana")
      yield* seconds(1)
      assert.deepStrictEqual([stream.values(), stream.end()], [[1], Exit.fail("refused")])
    })))

  it.effect("when the credential expires, a stream checks it at once", () =>
    over(Effect.fnUntraced(function*() {
      let checks = 0
      yield* watching({ caller: ana, check: Effect.sync(() => (checks += 1, ana)), expiresAt: 7_000 })
      yield* seconds(6)
      assert.strictEqual(checks, 0)
      yield* seconds(1)
      assert.strictEqual(checks, 1)
    })))

  it.effect("the streams of other people end with 404 within a second after a report became private or was deleted", () =>
    over(Effect.fnUntraced(function*() {
      const reports = yield* ReportRepo
      const owner = caller("member", "bo")
      const layout = { widgets: [{ ...total, x: 0, y: 0, w: 1, h: 1 }] }
      const watched = Effect.fnUntraced(function*() {
        const { id } = yield* reports.create(owner, { title: "Shared", layout, visibility: "organization" })
        const asked = Effect.map(reports.find(ana, id), (report) => runRequestOf(report, {}))
        return { id, stream: yield* watching({ caller: ana, request: asked, reportId: id }) }
      })
      const [hidden, deleted, kept] = [yield* watched(), yield* watched(), yield* watched()]
      yield* reports.update(owner, hidden.id, { visibility: "private" }, undefined)
      yield* reports.remove(owner, deleted.id, undefined)
      yield* seconds(1)
      const notFound = Exit.fail(new ReportNotFound())
      assert.deepStrictEqual([hidden, deleted, kept].map(({ stream }) => stream.end()), [notFound, notFound, undefined])
    })))

  it.effect("a stream sends the series of new widgets within a second after the layout of its report changed", () =>
    over(Effect.fnUntraced(function*() {
      const reports = yield* ReportRepo
      const placed = { ...total, x: 0, y: 0, w: 1, h: 1 }
      const { id } = yield* reports.create(ana, { title: "Mine", layout: { widgets: [placed] } })
      const asked = Effect.map(reports.find(ana, id), (report) => runRequestOf(report, {}))
      const stream = yield* watching({ caller: ana, request: asked, reportId: id })
      const widgets = [placed, { ...placed, instanceId: "new", filters: { status: "client" } }]
      yield* reports.update(ana, id, { layout: { widgets } }, undefined)
      yield* seconds(1)
      assert.deepStrictEqual(stream.names(), ["series", "ready", "series"])
    })))

  it.effect("a stream sends the series of a widget again after the widget was removed and added again", () =>
    over(Effect.fnUntraced(function*(crm) {
      let widgets = [total]
      const stream = yield* watching({ caller: ana, request: Effect.sync(() => ({ ...request, widgets })) })
      widgets = []
      crm.changed.add("org")
      yield* seconds(1)
      widgets = [total]
      crm.changed.add("org")
      yield* seconds(1)
      assert.deepStrictEqual(stream.values(), [1, 1])
    })))

  it.effect("a stream survives four refused runs in a row, and ends with the fifth", () =>
    over(Effect.fnUntraced(function*(crm) {
      const stream = yield* watching({ caller: ana })
      crm.isDown = true
      addLead(crm, "ana")
      yield* seconds(14)
      crm.isDown = false
      yield* seconds(2)
      assert.deepStrictEqual([stream.values(), stream.end()], [[1, 2], undefined])
      crm.isDown = true
      addLead(crm, "ana")
      yield* seconds(16)
      assert.deepStrictEqual([stream.values(), stream.end()], [[1, 2], Exit.fail(new Unavailable())])
    })))

  it.effect("a stream stays open when the check of its caller fails for three seconds", () =>
    over(Effect.fnUntraced(function*() {
      let isDown = false
      const check = Effect.suspend(() => isDown ? Effect.fail(new Unavailable()) : Effect.succeed(ana))
      const stream = yield* watching({ caller: ana, check })
      yield* seconds(14)
      isDown = true
      yield* seconds(3)
      isDown = false
      yield* seconds(30)
      assert.isUndefined(stream.end())
    })))

  it.effect("when the service drains, each stream ends at once", () =>
    over(Effect.fnUntraced(function*() {
      const stream = yield* watching({ caller: ana })
      yield* (yield* Readiness).drain
      yield* seconds(1)
      assert.deepStrictEqual(stream.end(), Exit.fail(new Unavailable({ message: "The service is shutting down." })))
    })))

  it.effect("while the service drains, no stream opens", () =>
    over(Effect.fnUntraced(function*(crm) {
      yield* (yield* Readiness).drain
      const refused = Exit.fail(new Unavailable({ message: "The service is shutting down." }))
      assert.deepStrictEqual(yield* Effect.exit(watching({ caller: ana })), refused)
      assert.strictEqual(crm.counts.length, 0)
    })))
})
