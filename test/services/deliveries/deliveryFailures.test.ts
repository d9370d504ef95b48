import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TimedOut, Unavailable } from "../../../src/domain/Unavailable.ts"
import { evaluate } from "../../../src/query/inMemory.ts"
import { ApiKeys } from "../../../src/services/keys/ApiKeys.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { testKeys } from "../../../src/testing/testKeys.ts"
import { deliverAt, deliveriesOver, outcomesOf, subscribed } from "../../support/deliveries.ts"
import { ana, layout, mailTo, minute, scene, set, seven } from "../../support/deliveryScene.ts"
import { smtpServer } from "../../support/smtpServer.ts"
import { sourceThat } from "../../support/sourceThat.ts"
import { sales } from "../../support/targets.ts"

/** Widgets with the metric that `fail` names fail. */
const unreliableScene = <A, E, R>(
  failure: TimedOut | Unavailable,
  act: (
    server: Effect.Success<ReturnType<typeof smtpServer>>,
    fail: (metricId: string | undefined) => void
  ) => Effect.Effect<A, E, R>
) =>
  Effect.gen(function*() {
    const server = yield* smtpServer()
    let failing: string | undefined
    const source = sourceThat((plan) =>
      Effect.suspend(() => plan.id === failing ? Effect.fail(failure) : Effect.succeed(evaluate(plan, sales)))
    )
    const keys = testKeys((_organization, userId) => userId === "ana" ? "admin" : "member")
    const acting = act(server, (metricId) => {
      failing = metricId
    })
    return yield* Effect.provide(acting, deliveriesOver(sales, keys, server.port, undefined, source))
  })

describe("failures of mails", () => {
  it.live("a mail server that is down for an hour loses nothing and repeats nothing", () =>
    Effect.gen(function*() {
      const port = yield* Effect.scoped(Effect.map(smtpServer(), ({ port }) => port))
      yield* Effect.gen(function*() {
        const subscription = yield* subscribed(ana, ["ana", "bo"], layout, set, { format: "link" })
        for (let passed = 0; passed < 60; passed += 5) yield* deliverAt(seven(11) + passed * minute)
        assert.deepStrictEqual((yield* outcomesOf(ana, subscription))["bo"], ["waiting", "no_mail_server"])
        const { mails } = yield* smtpServer(port)
        for (let passed = 60; passed < 180; passed += 20) yield* deliverAt(seven(11) + passed * minute)
        assert.sameMembers(mails.map(({ to }) => to), ["ana@org.invalid", "bo@org.invalid"])
        assert.deepStrictEqual(mails.map(({ isMarked }) => isMarked), [false, false])
      }).pipe(Effect.provide(deliveriesOver(sales, testKeys(() => "admin"), port)))
    }))

  it.live("a mail that the server may have is sent once more with a mark, and never a third time", () =>
    scene((server) =>
      Effect.gen(function*() {
        server.behaviour.answer = () => "close"
        const subscription = yield* subscribed(ana, ["ana"], layout, set, { format: "link" })
        for (let passed = 0; passed < 60; passed += 5) yield* deliverAt(seven(11) + passed * minute)
        assert.deepStrictEqual(server.mails.map(({ isMarked }) => isMarked), [false, true])
        assert.strictEqual(new Set(server.mails.map(({ messageId }) => messageId)).size, 1)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["uncertain", "no_answer"] })
      })
    ))

  it.live("a mail that the server does not accept yet is sent again without a mark", () =>
    scene((server) =>
      Effect.gen(function*() {
        server.behaviour.answer = () => server.mails.length < 4 ? 451 : "accept"
        yield* subscribed(ana, ["ana"], layout, set, { format: "link" })
        for (let passed = 0; passed < 60; passed += 5) yield* deliverAt(seven(11) + passed * minute)
        assert.deepStrictEqual(server.mails.map(({ isMarked }) => isMarked), [false, false, false, false])
      })
    ))

  it.live("five refusals pause a recipient, which the subscription says, and the others go on", () =>
    scene((server) =>
      Effect.gen(function*() {
        server.behaviour.answer = (to) => to.startsWith("bo@") ? 550 : "accept"
        const { id } = yield* subscribed(ana, ["ana", "bo"], layout, set, { format: "link" })
        for (let day = 11; day < 18; day++) yield* deliverAt(seven(day))
        const count = (name: string) => server.mails.filter(({ to }) => to.startsWith(`${name}@`)).length
        assert.deepStrictEqual([count("ana"), count("bo")], [7, 5])
        const { to } = yield* (yield* SubscriptionRepo).find(ana, id)
        assert.deepStrictEqual(to.map(({ failures, pausedAt }) => [failures, pausedAt?.epochMilliseconds]), [
          [0, undefined],
          [5, seven(15)]
        ])
        assert.deepStrictEqual(to[1]?.last?.reason, "address_refused")
      })
    ))

  it.live("nothing is sent while the role is unknown, and after a day the delivery fails", () =>
    Effect.gen(function*() {
      const server = yield* smtpServer()
      let isKnown = true
      const roleOf = () => isKnown ? Effect.succeed("admin" as const) : Effect.fail(new Unavailable())
      const keys = Layer.mock(ApiKeys, {
        roleOf,
        addressOf: (_organization, userId) => Effect.succeed(`${userId}@org.invalid`)
      })
      yield* Effect.gen(function*() {
        const subscription = yield* subscribed(ana, ["ana"], layout, set, { every: "week", format: "link" })
        const [due] = [subscription.nextAt.epochMilliseconds]
        isKnown = false
        for (let hours = 0; hours < 25; hours++) yield* deliverAt(due + hours * 60 * minute)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["waiting", "role_unknown"] })
        yield* deliverAt(due + 26 * 60 * minute)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["failed", "role_unknown"] })
        assert.strictEqual(server.mails.length, 0)
      }).pipe(Effect.provide(deliveriesOver(sales, keys, server.port)))
    }))

  it.live.each([new Unavailable(), new TimedOut()])(
    "a mail with a widget that fails with $_tag is tried again, and the third attempt sends a mail without numbers",
    (failure) =>
      unreliableScene(failure, (server, fail) =>
        Effect.gen(function*() {
          fail("leads.by_source")
          const subscription = yield* subscribed(ana, ["ana"], layout, set)
          for (const attempt of [1, 2]) {
            yield* deliverAt(seven(11) + attempt * 2 * minute)
            assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["waiting", "not_computed"] })
          }
          assert.strictEqual(server.mails.length, 0)
          yield* deliverAt(seven(11) + 10 * minute)
          const { attachments, html, subject, text } = yield* mailTo(server, "ana")
          assert.strictEqual(subject, "Sales & more")
          for (const part of [text, html]) {
            assert.include(part, "The numbers could not be computed in time.")
            assert.include(part, `https://reports.example.com/app/#/reports/${subscription.reportId}`)
            assert.include(part, "https://reports.example.com/unsubscribe/")
            assert.notInclude(part, "Total new leads")
          }
          assert.deepStrictEqual(attachments, [])
          assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["sent", null] })
          yield* deliverAt(seven(11) + 60 * minute)
          assert.strictEqual(server.mails.length, 1)
        }))
  )

  it.live("a mail with a widget that fails once has its numbers at the second attempt", () =>
    unreliableScene(new TimedOut(), (server, fail) =>
      Effect.gen(function*() {
        fail("leads.by_source")
        yield* subscribed(ana, ["ana"], layout, set)
        yield* deliverAt(seven(11))
        fail(undefined)
        yield* deliverAt(seven(11) + 2 * minute)
        const { attachments, text } = yield* mailTo(server, "ana")
        assert.include(text, "Total new leads: 1")
        assert.notInclude(text, "could not be computed")
        assert.strictEqual(attachments.length, 2)
      })))

  it.live("a person who may no longer read the report gets no mail without numbers either", () =>
    unreliableScene(new TimedOut(), (server, fail) =>
      Effect.gen(function*() {
        fail("leads.by_source")
        const subscription = yield* subscribed(ana, ["bo"], layout, set)
        for (const attempt of [1, 2]) yield* deliverAt(seven(11) + attempt * 2 * minute)
        yield* (yield* ReportRepo).update(ana, subscription.reportId, { visibility: "private" }, undefined)
        yield* deliverAt(seven(11) + 10 * minute)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { bo: ["skipped", "report_not_readable"] })
        assert.strictEqual(server.mails.length, 0)
      })))

  it.live.each(["ana@org.invalid\r\nBcc: eve@org.invalid", "ana@org.invalid, eve@org.invalid", "no address"])(
    "the address %j gets no mail",
    (address) =>
      Effect.gen(function*() {
        const server = yield* smtpServer()
        const keys = Layer.mock(ApiKeys, {
          roleOf: () => Effect.succeed("admin" as const),
          addressOf: () => Effect.succeed(address)
        })
        yield* Effect.gen(function*() {
          const subscription = yield* subscribed(ana, ["ana"], layout, set, { format: "link" })
          yield* deliverAt(seven(11))
          assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["failed", "address_refused"] })
          assert.strictEqual(server.mails.length, 0)
        }).pipe(Effect.provide(deliveriesOver(sales, keys, server.port)))
      })
  )
})
