import { assert, it } from "@effect/vitest"
import { Effect, Exit, Layer } from "effect"
import { TestClock } from "effect/testing"
import { UserId } from "../../../src/domain/Ids.ts"
import { maxRecipients } from "../../../src/domain/Subscription.ts"
import { TimedOut } from "../../../src/domain/Unavailable.ts"
import { Subscriptions } from "../../../src/services/deliveries/Subscriptions.ts"
import { ApiKeys } from "../../../src/services/keys/ApiKeys.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { daily, deliveriesOver } from "../../support/deliveries.ts"
import { ana, layout } from "../../support/deliveryScene.ts"
import { sales } from "../../support/targets.ts"

const slow = Layer.mock(ApiKeys, { roleOf: () => Effect.as(Effect.sleep("2 seconds"), "member") })

it.effect("a subscription whose recipients are found too slowly fails before its idempotency key is free again", () =>
  Effect.gen(function*() {
    const report = yield* (yield* ReportRepo).create(ana, { title: "Sales", visibility: "organization", layout })
    const subscriptions = yield* Subscriptions
    const to = Array.from({ length: maxRecipients }, (_, index) => UserId.make(`user_${index}`))
    const creating = yield* Effect.forkChild(subscriptions.create(ana, report.id, { ...daily, to }))
    yield* TestClock.adjust("30 seconds")
    assert.deepStrictEqual(creating.pollUnsafe(), Exit.fail(new TimedOut()))
    yield* TestClock.adjust("2 minutes")
    assert.deepStrictEqual(yield* subscriptions.list(ana, report.id), [])
  }).pipe(Effect.provide(deliveriesOver(sales, slow, 1))))
