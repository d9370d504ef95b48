import { Effect } from "effect"
import type { NewAuditEvent } from "../../../domain/Audit.ts"
import type { Ordered } from "../../../domain/Delivery.ts"
import type { ReportId } from "../../../domain/Ids.ts"
import type { UpdateReport } from "../../../domain/Report.ts"
import type { Share } from "../../../domain/Snapshot.ts"
import type { ReportRepo } from "../ReportRepo/ReportRepo.ts"
import type { SnapshotRepo } from "../SnapshotRepo/SnapshotRepo.ts"
import type { SubscriptionRepo } from "../SubscriptionRepo/SubscriptionRepo.ts"
import { AuditLog } from "./AuditLog.ts"

type Event = (
  action: NewAuditEvent["action"],
  object: NewAuditEvent["object"],
  objectId: string,
  reportId: ReportId,
  details?: NewAuditEvent["details"]
) => NewAuditEvent

const event: Event = (action, object, objectId, reportId, details = {}) => ({
  action,
  object,
  objectId,
  reportId,
  details
})

/** The repositories record this themselves, so that the row of the report is locked only until the event is stored. */
export const changeEvent = (
  id: ReportId,
  { people = [], visibility }: UpdateReport,
  version: number,
  restoredVersion: number | null = null
): NewAuditEvent => {
  const action = restoredVersion !== null ? "restore" : visibility === undefined ? "change" : "share"
  return event(action, "report", id, id, {
    version,
    restoredVersion,
    visibility: visibility ?? null,
    people
  })
}

const readersOf = (share: typeof Share.Type | null): NewAuditEvent["details"] =>
  share === null ? {} : { visibility: share.organization ? "organization" : "people", people: share.people }

/** All routes and schedules change reports through this repository, so each change is recorded. */
export const recordedReports = (repo: ReportRepo["Service"]) =>
  AuditLog.useSync(({ recording }): ReportRepo["Service"] => ({
    ...repo,
    create: (caller, report) =>
      recording(
        caller,
        repo.create(caller, report),
        ({ id, people, version, visibility }) => event("create", "report", id, id, { version, visibility, people })
      ),
    remove: (caller, id, versions) =>
      recording(caller, repo.remove(caller, id, versions), () => event("delete", "report", id, id)),
    setSchedule: (caller, id, schedule) =>
      recording(caller, repo.setSchedule(caller, id, schedule), () => event("change", "freeze_schedule", id, id)),
    removeSchedule: (caller, id) =>
      recording(caller, repo.removeSchedule(caller, id), () => event("delete", "freeze_schedule", id, id))
  }))

export const recordedSnapshots = (repo: SnapshotRepo["Service"]) =>
  AuditLog.useSync(({ recording }): SnapshotRepo["Service"] => ({
    ...repo,
    create: (caller, reportId, frozen, keptDays) =>
      recording(
        caller,
        repo.create(caller, reportId, frozen, keptDays),
        ({ id }) => event("freeze", "snapshot", id, reportId)
      ),
    share: (caller, id, share) =>
      recording(
        caller,
        repo.share(caller, id, share),
        ({ reportId, shared }) => event("share", "snapshot", id, reportId, readersOf(shared))
      ),
    unshare: (caller, id) =>
      recording(
        caller,
        repo.unshare(caller, id),
        (reportId) => reportId && event("unshare", "snapshot", id, reportId)
      ),
    renew: (caller, id) =>
      recording(caller, repo.renew(caller, id), ({ reportId }) => event("renew", "snapshot", id, reportId)),
    remove: (caller, id) =>
      recording(caller, repo.remove(caller, id), (reportId) => event("delete", "snapshot", id, reportId))
  }))

const sentAs = ({ channel, format, when }: Pick<Ordered, "channel" | "format" | "when">) => ({
  channel,
  format,
  alert: when !== null
})

export const recordedSubscriptions = (repo: SubscriptionRepo["Service"]) =>
  AuditLog.useSync(({ recording }): SubscriptionRepo["Service"] => ({
    ...repo,
    create: (caller, reportId, terms, to) =>
      recording(
        caller,
        repo.create(caller, reportId, terms, to),
        ({ id }) => event("subscribe", "subscription", id, reportId, { people: to, ...sentAs(terms) })
      ),
    update: (caller, id, terms, to) =>
      recording(
        caller,
        repo.update(caller, id, terms, to),
        (changed) => event("change", "subscription", id, changed.reportId, { people: to ?? [], ...sentAs(changed) })
      ),
    remove: (caller, id) =>
      recording(caller, repo.remove(caller, id), (reportId) => event("delete", "subscription", id, reportId)),
    end: (addressee, now) =>
      recording(
        addressee,
        repo.end(addressee, now),
        (reportId) => reportId && event("unsubscribe", "subscription", addressee.subscriptionId, reportId)
      ),
    settle: (claimed, now, outcome) => {
      const settle = repo.settle(claimed, now, outcome)
      if (outcome.state !== "sent") return settle
      const ordered = Effect.flatMap(settle, (isOurs) => isOurs ? repo.ordered(claimed) : Effect.succeed(undefined))
      return recording(
        claimed,
        ordered,
        (order) => order && event("deliver", "subscription", claimed.subscriptionId, order.reportId, sentAs(order))
      ).pipe(Effect.map((order) => order !== undefined))
    }
  }))
