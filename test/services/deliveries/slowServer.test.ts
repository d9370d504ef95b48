import { assert, it } from "@effect/vitest"
import { DateTime, Effect, Fiber, Latch, Layer } from "effect"
import { TestClock } from "effect/testing"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { Delivering } from "../../../src/services/deliveries/Delivering.ts"
import { MailContents } from "../../../src/services/deliveries/MailContents.ts"
import { Mailing } from "../../../src/services/deliveries/Mailing.ts"
import { Posting } from "../../../src/services/deliveries/Posting.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { testKeys } from "../../../src/testing/testKeys.ts"
import { due, lastOf, made } from "../../conformance/subscriptionScene.ts"
import { logInto } from "../../support/logInto.ts"

/** The mail server is ready for the mail 90 seconds after the connection, longer than the lease. */
const slowMailing = (connected: Latch.Latch) =>
  Layer.mock(Mailing, {
    from: { name: "Reports", address: "reports@example.com" },
    base: "https://reports.example.com",
    send: ({ hand }) =>
      Effect.andThen(connected.open, Effect.sleep("90 seconds")).pipe(
        Effect.andThen(hand),
        Effect.map((isOurs) => isOurs ? "sent" as const : "not_handed" as const)
      )
  })

const notice = { title: "Report", document: undefined, picture: undefined, file: undefined, notice: "No numbers." }

const repos = Layer.merge(ReportRepo.layerMemory, SubscriptionRepo.layerMemory)

/** Sends one mail, with leases that are renewed by `renew`. Returns its state and the log. */
const sending = Effect.fnUntraced(function*(renew?: SubscriptionRepo["Service"]["renew"]) {
  const lines: Array<string> = []
  const connected = yield* Latch.make()
  yield* Effect.gen(function*() {
    const { admin, id, repo } = yield* made(["olga"])
    const renewed = Layer.succeed(SubscriptionRepo, { ...repo, ...(renew && { renew }) })
    const { findWaiting, sendOne } = yield* Effect.provide(
      Delivering,
      Delivering.layer.pipe(
        Layer.provide([renewed, slowMailing(connected), Layer.mock(Posting, {})]),
        Layer.provide(Layer.provide(testKeys(), Admission.unlimited)),
        Layer.provide(Layer.mock(MailContents, { of: () => Effect.succeed(notice) }))
      )
    )
    yield* TestClock.setTime(DateTime.toEpochMillis(due))
    yield* findWaiting
    const sent = yield* Effect.forkChild(sendOne)
    yield* connected.await
    for (let seconds = 0; seconds < 120; seconds += 10) yield* TestClock.adjust("10 seconds")
    assert.isTrue(yield* Fiber.join(sent))
    lines.push(...(yield* lastOf(repo, admin, id)).map(([, state]) => String(state)))
  }).pipe(Effect.provide([repos, logInto(lines)]))
  return lines
})

it.effect("a mail is sent although the mail server is slower than the lease", () =>
  Effect.gen(function*() {
    assert.deepStrictEqual(yield* sending(), ["sent"])
  }))

it.effect("a mail whose lease ended before the server was ready waits, and the log says so", () =>
  Effect.gen(function*() {
    const [line, state] = yield* sending(() => Effect.fail(new Unavailable()))
    assert.include(line, "a delivery was not sent, because this process may no longer hold it")
    assert.match(line ?? "", /deliveryId=/)
    assert.strictEqual(state, "waiting")
  }))
