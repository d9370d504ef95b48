import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Fiber, Latch, Layer } from "effect"
import { TestClock } from "effect/testing"
import type { Role } from "../../../src/domain/Caller.ts"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { Delivering } from "../../../src/services/deliveries/Delivering.ts"
import { MailContents } from "../../../src/services/deliveries/MailContents.ts"
import { Mailing } from "../../../src/services/deliveries/Mailing.ts"
import { Posting } from "../../../src/services/deliveries/Posting.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { testKeys } from "../../../src/testing/testKeys.ts"
import { due, lastOf, later, made, termsDue } from "../../conformance/subscriptionScene.ts"

const notice = { title: "Report", document: undefined, picture: undefined, file: undefined, notice: "No numbers." }

type Made = Effect.Success<ReturnType<typeof made>>
type Settle = SubscriptionRepo["Service"]["settle"]

/** A mail to Carl is due. `meanwhile` runs while its numbers are computed. `mails` has the ids of the mails that were sent. */
const scene = Effect.fnUntraced(function*(
  { meanwhile, settle }: {
    readonly meanwhile?: (scene: Made, roles: Map<string, Role>) => Effect.Effect<unknown, unknown>
    readonly settle?: (settle: Settle) => Settle
  }
) {
  const mails: Array<string> = []
  const roles = new Map<string, Role>([["carl", "member"]])
  const carls = yield* made(["carl"])
  const { id, owner, repo } = carls
  const computed = Effect.suspend(() => meanwhile?.(carls, roles) ?? Effect.void)
  const delivering = Delivering.layer.pipe(
    Layer.provide([
      Layer.succeed(SubscriptionRepo, { ...repo, ...(settle && { settle: settle(repo.settle) }) }),
      Layer.mock(Mailing, {
        from: { name: "Reports", address: "reports@example.com" },
        base: "https://reports.example.com",
        send: (letter) =>
          Effect.map(letter.hand, (isOurs) => {
            if (isOurs) mails.push(letter.id)
            return isOurs ? "sent" as const : "not_handed" as const
          })
      }),
      Layer.mock(Posting, {}),
      Layer.mock(MailContents, { of: () => Effect.as(Effect.orDie(computed), notice) }),
      Layer.provide(testKeys((_organization, userId) => roles.get(userId)), Admission.unlimited)
    ])
  )
  const { findWaiting, sendOne } = yield* Effect.provide(Delivering, delivering)
  yield* TestClock.setTime(DateTime.toEpochMillis(due))
  yield* findWaiting
  return {
    mails,
    sendOne,
    last: Effect.map(lastOf(repo, owner, id), ([one]): ReadonlyArray<unknown> => one?.slice(1) ?? [])
  }
}, Effect.provide(Layer.merge(ReportRepo.layerMemory, SubscriptionRepo.layerMemory)))

/** The first `times` attempts to store an outcome fail. */
const failing = (times: number) =>
  Effect.gen(function*() {
    const hasFailed = yield* Latch.make()
    const stores = { count: 0 }
    const settle = (settle: Settle): Settle => (claimed, now, outcome) =>
      Effect.suspend(() => {
        stores.count += 1
        if (stores.count > times) return settle(claimed, now, outcome)
        return Effect.andThen(hasFailed.open, Effect.fail(new Unavailable()))
      })
    return { settle, stores, hasFailed }
  })

describe("while the numbers of a mail are computed", () => {
  const changes: ReadonlyArray<
    readonly [
      name: string,
      last: ReadonlyArray<string>,
      change: (scene: Made, roles: Map<string, Role>) => Effect.Effect<unknown, unknown>
    ]
  > = [
    [
      "its subscription is paused",
      ["skipped", "paused"],
      ({ admin, id, repo }) => repo.update(admin, id, () => ({ ...termsDue, paused: true }), undefined)
    ],
    [
      "its recipient ends the mails",
      ["skipped", "ended"],
      ({ colleague: { userId }, id, organizationId, repo }) =>
        repo.end({ organizationId, subscriptionId: id, userId }, later(1))
    ],
    [
      "its report becomes private",
      ["skipped", "report_not_readable"],
      ({ owner, reportId, reports }) => reports.update(owner, reportId, { visibility: "private" }, undefined)
    ],
    [
      "its recipient gets another role",
      ["waiting", "role_unknown"],
      (_scene, roles) => Effect.sync(() => roles.set("carl", "admin"))
    ]
  ]
  it.effect.each(changes)("if %s, it is not sent", ([_name, last, meanwhile]) =>
    Effect.gen(function*() {
      const sending = yield* scene({ meanwhile })
      assert.isTrue(yield* sending.sendOne)
      assert.deepStrictEqual(sending.mails, [])
      assert.deepStrictEqual(yield* sending.last, last)
    }))
})

describe("if the outcome of a mail cannot be stored", () => {
  it.effect("it is stored when the database is back, and the mail is not sent again", () =>
    Effect.gen(function*() {
      const { hasFailed, settle, stores } = yield* failing(4)
      const sending = yield* scene({ settle })
      const sent = yield* Effect.forkChild(sending.sendOne)
      yield* hasFailed.await
      for (let seconds = 0; seconds < 20; seconds += 2) yield* TestClock.adjust("2 seconds")
      assert.isTrue(yield* Fiber.join(sent))
      assert.strictEqual(stores.count, 5)
      assert.deepStrictEqual(yield* sending.last, ["sent", null])
      assert.lengthOf(sending.mails, 1)
    }))

  it.effect("a shutdown does not wait for it", () =>
    Effect.gen(function*() {
      const { hasFailed, settle, stores } = yield* failing(1_000)
      const sending = yield* scene({ settle })
      const sent = yield* Effect.forkChild(sending.sendOne)
      yield* hasFailed.await
      const ended = yield* Effect.forkChild(Fiber.interrupt(sent))
      for (let seconds = 0; seconds < 60; seconds += 2) yield* TestClock.adjust("2 seconds")
      yield* Fiber.join(ended)
      assert.isAtMost(stores.count, 2)
      assert.lengthOf(sending.mails, 1)
    }))
})
