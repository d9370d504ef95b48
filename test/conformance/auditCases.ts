import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { AuditEvent } from "../../src/domain/Audit.ts"
import type { Caller } from "../../src/domain/Caller.ts"
import { AuditLog } from "../../src/services/reports/AuditLog/AuditLog.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import type { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { Passing } from "./Passing.ts"
import { elsewhere, frozenBy, layout, people } from "./people.ts"
import { refusalOf } from "./refusalOf.ts"
import { claimedBy, due, ids, made, refused, sent, termsDue } from "./subscriptionScene.ts"

export type AuditCase = readonly [
  name: string,
  act: Effect.Effect<void, unknown, ReportRepo | SnapshotRepo | SubscriptionRepo | AuditLog | Passing>
]

export const eventsOf = (caller: Caller, page = {}) =>
  AuditLog.use((log) => Effect.map(log.list(caller, page), ({ results }) => results))

export const wordsOf = ({ action, object, userId }: AuditEvent) => `${userId} ${action} ${object}`

export const saved = (owner: Caller, visibility: "organization" | "private" = "organization") =>
  ReportRepo.use((reports) => reports.create(owner, { title: "Saved", visibility, layout }))

export const auditCases: ReadonlyArray<AuditCase> = [
  [
    "each change of a report is recorded with its person, version, and readers",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const passing = yield* Passing
      const { admin, owner } = people()
      const { id } = yield* saved(owner)
      yield* passing.seconds(1)
      yield* reports.update(admin, id, { title: "Other" }, undefined)
      yield* passing.seconds(1)
      yield* reports.update(owner, id, { visibility: "people", people: ["carl"] }, undefined)
      yield* passing.seconds(1)
      yield* reports.update(owner, id, { visibility: "organization" }, undefined, 1)
      yield* passing.seconds(1)
      yield* reports.remove({ ...owner, scopes: ["reports:write"] }, id, undefined)
      const events = yield* eventsOf(admin)
      assert.deepStrictEqual(
        events.map((event) => {
          const { people, restoredVersion, version, visibility, withKey } = event
          return [wordsOf(event), version, restoredVersion, visibility, people, withKey]
        }),
        [
          ["olga delete report", null, null, null, [], true],
          ["olga restore report", 4, 1, "organization", [], false],
          ["olga share report", 3, null, "people", ["carl"], false],
          ["ana change report", 2, null, null, [], false],
          ["olga create report", 1, null, "organization", [], false]
        ]
      )
      for (const event of events) assert.deepInclude(event, { objectId: String(id), reportId: id, title: null })
    })
  ],
  [
    "a change that is refused, or changes nothing, is not recorded",
    Effect.gen(function*() {
      const reports = yield* ReportRepo
      const snapshots = yield* SnapshotRepo
      const { admin, colleague, owner } = people()
      const { id } = yield* saved(owner)
      const { id: snapshotId } = yield* snapshots.create(owner, id, frozenBy(owner))
      const before = yield* eventsOf(admin)
      assert.strictEqual(yield* refusalOf(snapshots.create(elsewhere, id, frozenBy(owner))), "ReportNotFound")
      assert.strictEqual(
        yield* refusalOf(reports.update(colleague, id, { title: "Mine" }, undefined)),
        "ReportNotYours"
      )
      assert.strictEqual(yield* refusalOf(reports.update(owner, id, { title: "Late" }, [7])), "ReportChanged")
      assert.strictEqual(yield* refusalOf(reports.remove(elsewhere, id, undefined)), "ReportNotFound")
      yield* reports.update(owner, id, {}, undefined)
      yield* snapshots.unshare(owner, snapshotId)
      assert.strictEqual(yield* refusalOf(snapshots.unshare(colleague, snapshotId)), "SnapshotNotFound")
      assert.deepStrictEqual(yield* eventsOf(admin), before)
    })
  ],
  [
    "a freeze, a share of a snapshot, its end, a renewal, and a deletion are recorded with the report",
    Effect.gen(function*() {
      const snapshots = yield* SnapshotRepo
      const passing = yield* Passing
      const { admin, owner } = people()
      const { id: reportId } = yield* saved(owner)
      yield* passing.seconds(1)
      const { id } = yield* snapshots.create(owner, reportId, frozenBy(owner))
      yield* passing.seconds(1)
      yield* snapshots.share(owner, id, { people: ids("carl") })
      yield* passing.seconds(1)
      yield* snapshots.unshare(admin, id)
      yield* passing.seconds(1)
      yield* snapshots.renew(owner, id)
      yield* passing.seconds(1)
      yield* snapshots.remove(owner, id)
      const [removed, renewed, unshared, shared, frozen] = yield* eventsOf(admin)
      assert.deepStrictEqual([removed, renewed, unshared, shared, frozen].map((event) => event && wordsOf(event)), [
        "olga delete snapshot",
        "olga renew snapshot",
        "ana unshare snapshot",
        "olga share snapshot",
        "olga freeze snapshot"
      ])
      assert.deepInclude(shared, { objectId: String(id), reportId, visibility: "people", people: ["carl"] })
      assert.deepInclude(removed, { objectId: String(id), reportId })
      assert.deepInclude(unshared, { objectId: String(id), reportId })
    })
  ],
  [
    "a subscription, a mail that was sent, and the end of the mails are recorded, a mail that failed is not",
    Effect.gen(function*() {
      const { admin, id, organizationId, owner, repo, reportId } = yield* made(["carl", "olga"])
      yield* repo.settle(yield* claimedBy(repo, organizationId), due, refused)
      const claimed = yield* claimedBy(repo, organizationId)
      assert.isTrue(yield* repo.settle(claimed, due, sent))
      assert.isFalse(yield* repo.settle(claimed, due, sent))
      for (const userId of ids("olga", "olga")) {
        yield* repo.end({ organizationId, subscriptionId: id, userId }, due)
      }
      yield* repo.update(owner, id, () => termsDue, ids("carl"))
      yield* repo.remove(admin, id)
      const events = (yield* eventsOf(admin)).filter(({ object }) => object === "subscription")
      assert.sameMembers(events.map(wordsOf), [
        "ana subscribe subscription",
        `${claimed.userId} deliver subscription`,
        "olga unsubscribe subscription",
        "olga change subscription",
        "ana delete subscription"
      ])
      for (const event of events) assert.deepInclude(event, { objectId: String(id), reportId })
      const subscribed = events.find(({ action }) => action === "subscribe")
      assert.deepInclude(subscribed, { people: ["carl", "olga"], channel: "email", format: "csv" })
    })
  ],
  [
    "the change and the delivery of an alert say that it is an alert",
    Effect.gen(function*() {
      const { admin, id, organizationId, repo } = yield* made(["carl"])
      const when = { instanceId: "a", of: "value", above: 2 } as const
      yield* repo.update(admin, id, () => ({ ...termsDue, when }), undefined)
      assert.isTrue(yield* repo.settle(yield* claimedBy(repo, organizationId), due, sent))
      const events = (yield* eventsOf(admin)).filter(({ object }) => object === "subscription")
      assert.sameDeepMembers(events.map(({ action, alert }) => [action, alert]), [
        ["subscribe", false],
        ["change", true],
        ["deliver", true]
      ])
    })
  ]
]
