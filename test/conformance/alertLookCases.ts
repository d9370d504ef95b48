import { assert } from "@effect/vitest"
import { type DateTime, Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { SubscriptionId } from "../../src/domain/Ids.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import {
  type AlertLook,
  type ChangedTerms,
  SubscriptionRepo
} from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { layout, people } from "./people.ts"
import { due, ids, later, refused, sent, type SubscriptionCase, termsDue } from "./subscriptionScene.ts"

const when = { instanceId: "a", of: "value", above: 2.5 } as const

/** Saves a report with an alert. `look` is what the store tells about the organization. */
const alerting = Effect.fnUntraced(function*(...names: ReadonlyArray<string>) {
  const reports = yield* ReportRepo
  const repo = yield* SubscriptionRepo
  const { admin, owner } = people()
  const { organizationId } = owner
  const report = yield* reports.create(owner, { title: "Saved", visibility: "organization", layout })
  const { id } = yield* repo.create(admin, report.id, { ...termsDue, when }, ids(...names))
  const look = (now = due) =>
    Effect.map(repo.alertLooks(now), (looks) => looks.find((one) => one.organizationId === organizationId))
  const namesAt = (now: DateTime.Utc) =>
    Effect.map(repo.alerts(organizationId, now), (alerts) => alerts.map(({ userId }) => String(userId)))
  const namesOf = namesAt(due)
  const change = (terms: Partial<ChangedTerms>, to?: ReadonlyArray<string>) =>
    repo.update(admin, id, () => ({ ...termsDue, when, ...terms }), to && ids(...to))
  return { admin, owner, organizationId, reportId: report.id, repo, id, look, namesOf, namesAt, change }
})

const taken = Effect.fnUntraced(function*(repo: SubscriptionRepo["Service"], look: AlertLook | undefined, now = due) {
  if (look === undefined) return assert.fail("the alerts are taken")
  return yield* repo.takeAlerts(look, now)
})

/** Makes a delivery to one recipient, and returns it. */
const delivered = Effect.fnUntraced(function*(
  repo: SubscriptionRepo["Service"],
  { organizationId, userId }: Caller,
  subscriptionId: SubscriptionId
) {
  yield* repo.deliver({ organizationId, subscriptionId, userId }, later(1))
  return (yield* repo.claim(organizationId, later(1))) ?? assert.fail("nothing waits")
})

export const alertLookCases: ReadonlyArray<SubscriptionCase> = [
  [
    "the alerts of an organization are judged by one process, until its judgement or its lease ends",
    Effect.gen(function*() {
      const { look, repo } = yield* alerting("olga")
      const free = yield* look()
      assert.isNull(free?.looked)
      const first = (yield* taken(repo, free)) ?? assert.fail("nobody has the alerts")
      assert.isUndefined(yield* taken(repo, free))
      assert.isUndefined(yield* look(later(59)))
      assert.isTrue(yield* repo.keepAlerts(first, later(90)))
      assert.isUndefined(yield* look(later(89)))
      const second = (yield* taken(repo, yield* look(later(90)), later(90))) ?? assert.fail("the lease has ended")
      assert.isFalse(yield* repo.keepAlerts(first, later(91), "late"))
      assert.isTrue(yield* repo.keepAlerts(second, later(120), "second"))
      assert.isUndefined(yield* look(later(119)))
      assert.strictEqual((yield* look(later(120)))?.looked, "second")
    })
  ],
  [
    "a process that has read an older look than the last judgement does not take the alerts",
    Effect.gen(function*() {
      const { look, repo } = yield* alerting("olga")
      const old = yield* look()
      const first = (yield* taken(repo, old)) ?? assert.fail("nobody has the alerts")
      yield* repo.keepAlerts(first, due, "new")
      assert.isUndefined(yield* taken(repo, old, later(60)))
      assert.isDefined(yield* taken(repo, yield* look(later(60)), later(60)))
    })
  ],
  [
    "an organization without an alert that goes on is not looked at",
    Effect.gen(function*() {
      const { change, look, namesOf } = yield* alerting("olga")
      yield* change({ paused: true })
      assert.isUndefined(yield* look())
      assert.deepStrictEqual(yield* namesOf, [])
      yield* change({ paused: false })
      assert.isDefined(yield* look())
      yield* change({ when: null })
      assert.isUndefined(yield* look())
      assert.deepStrictEqual(yield* namesOf, [])
    })
  ],
  [
    "recipients whose mails have ended or are paused are not judged, nor those with a delivery that nobody holds or that has just failed",
    Effect.gen(function*() {
      const { admin, id, namesAt, namesOf, organizationId, owner, repo } = yield* alerting("ana", "olga")
      const claimedNames = Effect.map(
        repo.alerts(organizationId, due),
        (alerts) => alerts.flatMap(({ isClaimed, userId }) => isClaimed ? [String(userId)] : [])
      )
      assert.deepStrictEqual(yield* namesOf, ["ana", "olga"])
      yield* repo.test(owner, id, due)
      assert.deepStrictEqual(yield* namesOf, ["ana", "olga"])
      yield* repo.settle((yield* repo.claim(organizationId, due)) ?? assert.fail("no test"), due, refused)
      yield* repo.deliver({ organizationId, subscriptionId: id, userId: owner.userId }, later(1))
      assert.deepStrictEqual(yield* namesOf, ["ana"])
      const first = (yield* repo.claim(organizationId, later(1))) ?? assert.fail("nothing waits")
      assert.deepStrictEqual(yield* claimedNames, ["olga"])
      yield* repo.retry(first, later(2), "not_computed", false)
      assert.deepStrictEqual(yield* namesOf, ["ana"])
      const again = (yield* repo.claim(organizationId, later(2))) ?? assert.fail("nothing waits")
      assert.deepStrictEqual(yield* namesOf, ["ana", "olga"])
      yield* repo.settle(again, later(2), sent)
      assert.deepStrictEqual(yield* claimedNames, [])
      assert.deepStrictEqual(yield* namesOf, ["ana", "olga"])
      yield* repo.end({ organizationId, subscriptionId: id, userId: owner.userId }, later(3))
      assert.deepStrictEqual(yield* namesOf, ["ana"])
      for (const second of [4, 5, 6, 7, 8]) {
        assert.deepStrictEqual(yield* namesAt(later(12 * 3_600 + second)), ["ana"])
        yield* repo.deliver({ organizationId, subscriptionId: id, userId: admin.userId }, later(second))
        const claimed = (yield* repo.claim(organizationId, later(second))) ?? assert.fail("nothing waits")
        yield* repo.settle(claimed, later(second), refused)
        assert.deepStrictEqual(yield* namesAt(later(12 * 3_600 + second - 1)), [])
      }
      assert.deepStrictEqual(yield* namesAt(later(24 * 3_600)), [])
    })
  ],
  [
    "an alert is judged with the order and the state of its recipient",
    Effect.gen(function*() {
      const { id, organizationId, owner, repo, reportId } = yield* alerting("olga")
      const judged = { basis: "b", isBeyond: true, mailedAt: due }
      yield* repo.settle(yield* delivered(repo, owner, id), later(2), { ...sent, judged })
      const addressee = { organizationId, subscriptionId: id, userId: owner.userId }
      const order = (yield* repo.ordered(addressee)) ?? assert.fail("no order")
      assert.deepInclude(order, { reportId, when })
      assert.deepStrictEqual(order.recipient?.alert, judged)
      assert.deepStrictEqual(yield* repo.alerts(organizationId, due), [{ ...addressee, isClaimed: false, order }])
      assert.deepStrictEqual(yield* repo.alerts(people().owner.organizationId, due), [])
    })
  ]
]
