import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { UserId } from "../../../src/domain/Ids.ts"
import { ApiKeys } from "../../../src/services/keys/ApiKeys.ts"
import { ana, clerkScene } from "../../support/clerkScene.ts"
import { deliverAt, deliveriesOver, outcomesOf, subscribed } from "../../support/deliveries.ts"
import { ana as admin, everyone, layout, set, seven } from "../../support/deliveryScene.ts"
import { eventually } from "../../support/eventually.ts"
import { clerkSecret, fakeClerk } from "../../support/FakeClerk.ts"
import { parsed, smtpServer } from "../../support/smtpServer.ts"
import { sales } from "../../support/targets.ts"

const verified = (address: string) => ({ address, status: "verified" })
const unverified = (address: string) => ({ address, status: "unverified" })

const addressScene = Effect.map(clerkScene, ({ clerk, keys }) => ({
  clerk,
  addressOf: (userId: string = ana.userId) =>
    Effect.match(keys.addressOf(ana.organizationId, UserId.make(userId)), {
      onSuccess: (address) => address ?? "none",
      onFailure: ({ _tag }) => _tag
    }),
  asked: () => clerk.asked.filter((line) => line.startsWith("GET /v1/users/"))
}))

describe("addresses of people at Clerk", () => {
  it.effect("the address of a person is the primary one", () =>
    Effect.gen(function*() {
      const { addressOf, clerk } = yield* addressScene
      clerk.setAddresses("user_ana", [verified("old@ana.example"), verified("new@ana.example")], 1)
      assert.strictEqual(yield* addressOf(), "new@ana.example")
    }))

  it.effect("a person has no address if Clerk has no such person, no primary address, or an unverified one", () =>
    Effect.gen(function*() {
      const { addressOf, clerk } = yield* addressScene
      const others = [verified("second@ana.example")]
      clerk.setAddresses("none", others, null)
      clerk.setAddresses("unverified", [unverified("first@ana.example"), ...others])
      clerk.setAddresses("unchecked", [{ address: "first@ana.example", status: null }, ...others])
      clerk.setAddresses("empty", [])
      for (const userId of ["unknown", "none", "unverified", "unchecked", "empty"]) {
        assert.strictEqual(yield* addressOf(userId), "none", userId)
      }
    }))

  it.effect.each([400, 401, 429, 500, "not JSON"] as const)(
    "an address is unavailable while Clerk's answers are %s, and is asked for again",
    (mode) =>
      Effect.gen(function*() {
        const { addressOf, clerk } = yield* addressScene
        clerk.setAddresses("user_ana", [verified("ana@ana.example")])
        clerk.become(mode)
        assert.strictEqual(yield* addressOf(), "Unavailable")
        clerk.become("up")
        assert.strictEqual(yield* addressOf(), "ana@ana.example")
      })
  )

  it.effect("an address is unavailable after 3 seconds without an answer of Clerk", () =>
    Effect.gen(function*() {
      const { addressOf, asked, clerk } = yield* addressScene
      clerk.become("hangs")
      const waiting = yield* Effect.forkChild(addressOf())
      yield* eventually(Effect.sync(asked), ({ length }) => length > 0)
      yield* TestClock.adjust("3 seconds")
      assert.strictEqual(yield* Fiber.join(waiting), "Unavailable")
    }))

  it.effect("an address is remembered for at most five minutes", () =>
    Effect.gen(function*() {
      const { addressOf, asked, clerk } = yield* addressScene
      clerk.setAddresses("user_ana", [verified("old@ana.example")])
      yield* addressOf()
      clerk.setAddresses("user_ana", [verified("new@ana.example")])
      yield* TestClock.adjust("299 seconds")
      assert.strictEqual(yield* addressOf(), "old@ana.example")
      assert.strictEqual(asked().length, 1)
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* addressOf(), "new@ana.example")
    }))

  it.effect("a user id cannot change the path of the request to Clerk", () =>
    Effect.gen(function*() {
      const { addressOf, asked } = yield* addressScene
      assert.strictEqual(yield* addressOf("../organizations/org_demo?x=1#"), "none")
      assert.deepStrictEqual(asked(), ["GET /v1/users/..%2Forganizations%2Forg_demo%3Fx%3D1%23"])
    }))

  it.effect("mails go to the addresses at Clerk of those who are members there when the mails are sent", () =>
    Effect.gen(function*() {
      const server = yield* smtpServer()
      const clerk = yield* fakeClerk()
      const keys = ApiKeys.layerClerk({ apiUrl: clerk.apiUrl, secretKey: Redacted.make(clerkSecret) })
      for (const [name, role] of [["ana", "admin"], ["bo", "member"], ["ed", "member"]] as const) {
        clerk.setRole("org", name, role)
        clerk.setAddresses(name, [verified(`${name}@first.example`)])
      }
      yield* Effect.gen(function*() {
        const subscription = yield* subscribed(admin, ["ana", "bo", "ed"], layout, set, everyone)
        clerk.setRole("org", "ed", undefined)
        yield* TestClock.adjust("5 seconds")
        yield* deliverAt(seven(11))
        assert.sameMembers(server.mails.map(({ to }) => to), ["ana@first.example", "bo@first.example"])
        assert.deepStrictEqual(yield* outcomesOf(admin, subscription), {
          ana: ["sent", null],
          bo: ["sent", null],
          ed: ["skipped", "not_a_member"]
        })
        clerk.setRole("org", "ana", "member")
        clerk.setAddresses("ana", [verified("ana@second.example")])
        clerk.setAddresses("bo", [unverified("bo@second.example")])
        yield* TestClock.adjust("5 minutes")
        yield* deliverAt(seven(12))
        assert.deepStrictEqual(server.mails.slice(2).map(({ to }) => to), ["ana@second.example"])
        const outcomes = yield* outcomesOf(admin, subscription)
        assert.deepStrictEqual([outcomes["ana"], outcomes["bo"]], [["sent", null], ["failed", "no_address"]])
        const texts = yield* Effect.forEach(server.mails, parsed)
        const numbers = texts.map(({ text }) => /Total new leads: (\S+)/.exec(text ?? "")?.[1])
        assert.deepStrictEqual(numbers.slice(0, 2).toSorted(), ["1", "2"])
        assert.strictEqual(numbers[2], "1")
      }).pipe(Effect.provide(deliveriesOver(sales, keys, server.port)))
    }))
})
