import { assert } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { Outcome } from "../../src/domain/Delivery.ts"
import { type OrgId, UserId } from "../../src/domain/Ids.ts"
import type { Report } from "../../src/domain/Report.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo, type Terms } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { layout, people } from "./people.ts"

export type SubscriptionCase = readonly [name: string, act: Effect.Effect<void, unknown, ReportRepo | SubscriptionRepo>]

export const due = DateTime.makeUnsafe("2026-10-25T00:30:00Z")
export const next = DateTime.makeUnsafe("2026-10-26T01:30:00Z")
export const later = (seconds: number) => DateTime.add(due, { seconds })
export const sent: Outcome = { state: "sent", reason: null }
export const refused: Outcome = { state: "failed", reason: "address_refused" }

export const termsDue: Terms = {
  every: "day",
  at: "02:30",
  timeZone: "Europe/Madrid",
  weekStart: 1,
  channel: "email",
  url: null,
  format: "csv",
  locale: "es-MX",
  view: { everyone: true, filters: { source: "web" } },
  when: null,
  paused: false,
  pauseReason: null,
  nextAt: due
}

export const ids = (...names: ReadonlyArray<string>) => names.map((name) => UserId.make(name))

/** Saves a report of the owner with a subscription of `subscriber`. */
export const subscribed = Effect.fnUntraced(function*(
  names: ReadonlyArray<string> = ["olga"],
  visibility: Report["visibility"] = "organization"
) {
  const reports = yield* ReportRepo
  const repo = yield* SubscriptionRepo
  const everybody = people()
  const { admin, owner } = everybody
  const report = yield* reports.create(owner, { title: "Saved", visibility, layout })
  const subscriber = visibility === "private" ? owner : admin
  const subscription = yield* repo.create(subscriber, report.id, termsDue, ids(...names))
  return { ...everybody, reports, repo, reportId: report.id, subscriber, subscription, id: subscription.id }
})

/** Makes the deliveries of the time due. */
export const made = Effect.fnUntraced(function*(names?: ReadonlyArray<string>) {
  const scene = yield* subscribed(names)
  const { organizationId } = scene.owner
  const [found] = yield* scene.repo.due(organizationId, due)
  if (found === undefined) return assert.fail("nothing is due")
  yield* scene.repo.makeDeliveries(found, { dueAt: due, nextAt: next, settled: undefined })
  return { ...scene, organizationId, found }
})

export const claimedBy = Effect.fnUntraced(
  function*(repo: SubscriptionRepo["Service"], organizationId: OrgId, now = due) {
    return (yield* repo.claim(organizationId, now)) ?? assert.fail("nothing waits")
  }
)

export const lastOf = (
  repo: SubscriptionRepo["Service"],
  caller: Caller,
  id: Effect.Success<ReturnType<typeof subscribed>>["id"]
) => Effect.map(repo.find(caller, id), ({ to }) => to.map(({ last, userId }) => [userId, last?.state, last?.reason]))
