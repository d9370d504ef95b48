import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { ApiKeys } from "../../../src/services/keys/ApiKeys.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { testKeys } from "../../../src/testing/testKeys.ts"
import { deliverAt, deliveriesOver, outcomesOf, subscribed } from "../../support/deliveries.ts"
import { ana, layout, minute, scene, set, seven } from "../../support/deliveryScene.ts"
import { smtpServer } from "../../support/smtpServer.ts"
import { sales } from "../../support/targets.ts"

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
