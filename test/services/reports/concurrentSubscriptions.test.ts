import { assert, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer, type Redacted } from "effect"
import type { Alert } from "../../../src/domain/Alert.ts"
import { InstanceId } from "../../../src/domain/Run.ts"
import { maxSubscriptions, type UpdateSubscription } from "../../../src/domain/Subscription.ts"
import { termsAfter } from "../../../src/domain/subscriptionRules.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import * as Database from "../../../src/services/database/Database.ts"
import { AuditLog } from "../../../src/services/reports/AuditLog/AuditLog.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { claimedBy, due, ids, made, refused, subscribed, termsDue } from "../../conformance/subscriptionScene.ts"
import { begun, say, waiters } from "../../support/locks.ts"
import { freshDatabase, settingsOf } from "../../support/Postgres.ts"

const reposOn = (url: Redacted.Redacted) =>
  Layer.mergeAll(ReportRepo.layerSql, SubscriptionRepo.layerSql, AuditLog.layerSql).pipe(
    Layer.provide([Database.clientOf(settingsOf(url)), Admission.unlimited])
  )

it.live("a change keeps what another transaction changes at the same time", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    yield* Effect.gen(function*() {
      const { admin, id, repo } = yield* subscribed()
      const commit = yield* begun(
        url,
        `UPDATE crm_report_subscriptions SET format = 'pdf', next_at = '2027-01-01T00:00:00Z',
          schedule = schedule || '{"paused": true, "pauseReason": "widget_removed"}'`
      )
      const change = (request: UpdateSubscription) =>
        repo.update(admin, id, (before) => termsAfter(before, request, null, 0), undefined)
      const changing = yield* Effect.forkChild(change({ locale: "de" }))
      yield* waiters(url)
      yield* commit
      const changed = yield* Fiber.join(changing)
      const { format, locale, nextAt, paused, pauseReason } = changed
      assert.deepStrictEqual(
        [format, locale, nextAt.epochMilliseconds, paused, pauseReason],
        ["pdf", "de", Date.parse("2027-01-01T00:00:00Z"), true, "widget_removed"]
      )
      // Each change waits for the one before.
      yield* Effect.all([change({ format: "xlsx" }), change({ locale: "fr" })], { concurrency: "unbounded" })
      assert.deepInclude(yield* repo.find(admin, id), { format: "xlsx", locale: "fr" })
    }).pipe(Effect.provide(reposOn(url)))
  }))

it.live("two requests at the same time do not pass the limit of subscriptions", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    yield* Effect.gen(function*() {
      const { admin, repo, reportId } = yield* subscribed()
      const create = repo.create(admin, reportId, termsDue, ids("olga"))
      yield* Effect.repeat(create, { times: maxSubscriptions - 3 })
      assert.strictEqual((yield* repo.list(admin, reportId)).length, maxSubscriptions - 1)
      // The count of a request can go on, but no insert.
      const commit = yield* begun(url, "LOCK TABLE crm_report_subscriptions IN SHARE MODE")
      const requests = yield* Effect.forEach([1, 2], () => Effect.forkChild(Effect.exit(create)))
      yield* waiters(url, 2)
      yield* commit
      const exits = yield* Effect.forEach(requests, Fiber.join)
      assert.strictEqual(exits.filter(Exit.isSuccess).length, 1)
      assert.strictEqual((yield* repo.list(admin, reportId)).length, maxSubscriptions)
    }).pipe(Effect.provide(reposOn(url)))
  }))

it.live("of two deletions at the same time, one finds no subscription and is not recorded", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    yield* Effect.gen(function*() {
      const { admin, id, repo } = yield* subscribed()
      const commit = yield* begun(url, "SELECT FROM crm_report_subscriptions FOR UPDATE")
      const outcome = Effect.match(repo.remove(admin, id), {
        onFailure: ({ _tag }) => _tag,
        onSuccess: () => "deleted"
      })
      const deleting = yield* Effect.forEach([1, 2], () => Effect.forkChild(outcome))
      yield* waiters(url, 2)
      yield* commit
      assert.sameMembers(yield* Effect.forEach(deleting, Fiber.join), ["deleted", "SubscriptionNotFound"])
      const { results } = yield* (yield* AuditLog).list(admin, { action: "delete" })
      assert.lengthOf(results, 1)
    }).pipe(Effect.provide(reposOn(url)))
  }))

it.effect("a change without an alert stores no currency of an alert that another change has replaced meanwhile", () =>
  Effect.gen(function*() {
    const { subscription } = yield* subscribed()
    const money: Alert = { instanceId: InstanceId.make("a"), of: "value", above: 5 }
    const checked: Alert = { ...money, currency: "EUR" }
    const replaced: Alert = { instanceId: InstanceId.make("b"), of: "deltaPct", below: 0 }
    const stored = (when: Alert, request: UpdateSubscription = { locale: "de" }) =>
      termsAfter({ ...subscription, when }, request, checked, 0).when
    assert.deepStrictEqual(stored(replaced), replaced)
    assert.deepStrictEqual(stored({ ...money, currency: "USD" }), { ...money, currency: "USD" })
    assert.deepStrictEqual(stored(money), checked)
    assert.deepStrictEqual(stored(replaced, { when: money }), checked)
  }).pipe(Effect.provide(Layer.merge(ReportRepo.layerMemory, SubscriptionRepo.layerMemory))))

it.live("the end of a delivery waits for the deletion of its subscription, which waits for no delivery", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    yield* Effect.gen(function*() {
      const { organizationId, repo } = yield* made()
      const claimed = yield* claimedBy(repo, organizationId)
      const commit = yield* begun(url, "DELETE FROM crm_report_subscriptions")
      const settling = yield* Effect.forkChild(repo.settle(claimed, due, refused))
      const waiting = Effect.as(waiters(url), "waits")
      assert.strictEqual(yield* Effect.raceFirst(waiting, Effect.as(Fiber.await(settling), "has ended")), "waits")
      yield* say(url, "SELECT FROM crm_report_deliveries FOR UPDATE NOWAIT")
      yield* commit
      assert.isTrue(yield* Fiber.join(settling))
    }).pipe(Effect.provide(reposOn(url)))
  }))
