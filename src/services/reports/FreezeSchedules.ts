import { Context, DateTime, Effect, Layer } from "effect"
import { type Caller, CurrentCaller } from "../../domain/Caller.ts"
import { isMissed, lastDue, nextDue, timesOf } from "../../domain/dueTimes.ts"
import {
  type DueFreeze,
  endedBecause,
  type FreezeEnd,
  type FreezeSchedule,
  SchedulesNotConfigured,
  type SetFreezeSchedule
} from "../../domain/FreezeSchedule.ts"
import type { OrgId, ReportId } from "../../domain/Ids.ts"
import type { InvalidRequest } from "../../domain/InvalidRequest.ts"
import type { ReportNotFound, ReportNotYours } from "../../domain/Report.ts"
import { keptForDays } from "../../domain/Snapshot.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { Organizations } from "../access/Organizations.ts"
import { ReportValidation } from "../access/ReportValidation.ts"
import { Admission } from "../admission/Admission.ts"
import { ApiKeys } from "../keys/ApiKeys.ts"
import { eachMinute } from "./eachMinute.ts"
import { Freezing } from "./Freezing.ts"
import { ReportRepo } from "./ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "./SnapshotRepo/SnapshotRepo.ts"

/**
 * An organization with more times due has to wait for the next minute, which also finds organizations that have become due
 * meanwhile. The number was chosen, not measured.
 */
const mostInMinute = 10

export class FreezeSchedules extends Context.Service<FreezeSchedules, {
  set(
    caller: Caller,
    reportId: ReportId,
    request: SetFreezeSchedule
  ): Effect.Effect<
    FreezeSchedule,
    InvalidRequest | SchedulesNotConfigured | ReportNotFound | ReportNotYours | Unreachable
  >
  /** Makes the snapshots that are due in all organizations. */
  readonly freezeDue: Effect.Effect<void, Unreachable>
}>()("crm-reports/services/reports/FreezeSchedules") {
  static readonly layer = Layer.effect(
    FreezeSchedules,
    Effect.gen(function*() {
      const admission = yield* Admission
      const freezing = yield* Freezing
      const keys = yield* ApiKeys
      const organizations = yield* Organizations
      const reports = yield* ReportRepo
      const snapshots = yield* SnapshotRepo
      const validation = yield* ReportValidation

      const roleOf = (organizationId: OrgId, userId: Caller["userId"]) =>
        Effect.catchTag(
          keys.roleOf(organizationId, userId),
          "KeysNotConfigured",
          () => Effect.fail(new SchedulesNotConfigured())
        )

      const set = Effect.fnUntraced(function*(caller: Caller, reportId: ReportId, request: SetFreezeSchedule) {
        const { organizationId, userId } = caller
        const { organization } = yield* organizations.lookUp(organizationId, [])
        const { keepDays = keptForDays, view = {} } = request
        const times = yield* timesOf(request, organization)
        yield* validation.checkTimeframe(caller, "view.timeframe", view.timeframe)
        const role = (yield* roleOf(organizationId, userId)) ?? caller.role
        const createdAt = yield* DateTime.now
        const schedule: FreezeSchedule = {
          ...times,
          keepDays,
          view,
          createdBy: userId,
          role,
          createdAt,
          missedAt: null,
          ended: null,
          nextAt: DateTime.makeUnsafe(nextDue(times, DateTime.toEpochMillis(createdAt)))
        }
        yield* reports.setSchedule(caller, reportId, schedule)
        return schedule
      })

      const end = Effect.fnUntraced(function*(due: DueFreeze, reason: FreezeEnd) {
        const ended = endedBecause(reason, yield* DateTime.now)
        yield* reports.settle(due, { ...due.schedule, nextAt: null, ended }, Effect.void)
      })

      const freeze = Effect.fnUntraced(function*(due: DueFreeze, caller: Caller, after: FreezeSchedule) {
        const { reportId, schedule: { keepDays, view } } = due
        const frozen = yield* freezing.compute(caller, reportId, view)
        yield* reports.settle(due, after, snapshots.create(caller, reportId, frozen, keepDays))
      })

      /** If several times are due, for example after the service was stopped, only the last one gets a snapshot. */
      const attempt = Effect.fnUntraced(function*(due: DueFreeze, now: number) {
        const { organizationId, schedule } = due
        const first = DateTime.toEpochMillis(due.dueAt)
        const last = Math.max(first, lastDue(schedule, now))
        const isLate = isMissed(last, now)
        const missed = isLate ? last : last > first ? lastDue(schedule, last - 1) : undefined
        const after: FreezeSchedule = {
          ...schedule,
          nextAt: DateTime.makeUnsafe(nextDue(schedule, Math.max(now, last))),
          ...(missed !== undefined && { missedAt: DateTime.makeUnsafe(missed) })
        }
        if (isLate) return yield* reports.settle(due, after, Effect.void)
        const role = yield* roleOf(organizationId, schedule.createdBy)
        if (role === undefined) return yield* end(due, "creator_left")
        if (role === "member" && schedule.role === "admin") return yield* end(due, "creator_demoted")
        const caller: Caller = { organizationId, userId: schedule.createdBy, role }
        yield* freeze(due, caller, after).pipe(
          Effect.catchTag("ReportNotFound", () => end(due, "report_not_readable")),
          Effect.provideService(CurrentCaller, caller)
        )
      })

      /** A failure is tried again, and does not stop the other schedules. */
      const attemptOrLog = (due: DueFreeze, now: number) =>
        attempt(due, now).pipe(
          Effect.catchCause((cause) => Effect.logWarning("a scheduled freeze failed and will be tried again", cause)),
          Effect.annotateLogs({ organizationId: due.organizationId, reportId: due.reportId })
        )

      const freezeOne = Effect.fnUntraced(function*(organizationId: OrgId) {
        const now = yield* DateTime.now
        const due = yield* reports.takeDue(organizationId, now)
        if (due !== undefined) yield* attemptOrLog(due, DateTime.toEpochMillis(now))
        return due !== undefined
      })

      const freezeIn = Effect.fnUntraced(function*(organizationId: OrgId) {
        const turn = admission.withPlace("background_runs", organizationId)(freezeOne(organizationId))
        for (let count = 0; count < mostInMinute; count++) if (!(yield* turn)) return
      })

      const freezeDue = DateTime.now.pipe(
        Effect.flatMap(reports.organizationsDue),
        Effect.flatMap(Effect.forEach((organizationId) =>
          freezeIn(organizationId).pipe(
            Effect.catchCause((cause) => Effect.logWarning("times due of freeze schedules could not be taken", cause)),
            Effect.annotateLogs({ organizationId })
          ), { concurrency: "unbounded", discard: true }))
      )
      return { set, freezeDue }
    })
  )
}

/** Each process tries each time due, and only one of them stores a snapshot. */
export const ScheduledFreezes = Layer.effectDiscard(
  FreezeSchedules.use(({ freezeDue }) => eachMinute("scheduled freezes", freezeDue))
)
