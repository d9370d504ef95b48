import { type DateTime, Schema, Struct } from "effect"
import { type Caller, Role } from "./Caller.ts"
import { closed } from "./closed.ts"
import { Failure } from "./Failure.ts"
import { type OrgId, type ReportId, UserId } from "./Ids.ts"
import { instant } from "./instant.ts"
import { isAtMostKiB, isStorableJson } from "./Json.ts"
import { lenient, stored } from "./lenient.ts"
import { viewOfReport } from "./Run.ts"
import { keptForDays } from "./Snapshot.ts"
import { Word } from "./Text.ts"

const periods = ["day", "week", "month"] as const
export const FreezePeriod = Schema.Literals(periods).annotate({
  identifier: "FreezePeriod",
  message: `Expected one of ${periods.join(", ")}`
})

export const TimeOfDay = Schema.String.annotate({ examples: ["07:00"] }).check(
  Schema.isPattern(/^([01]\d|2[0-3]):[0-5]\d$/u, { message: "must be a time from 00:00 to 23:59, such as 07:00" })
)

const maxKeptDays = 3_650

export const ScheduledView = closed(viewOfReport, "property of a view").check(isAtMostKiB(64), isStorableJson())
  .annotate({ identifier: "FreezeView", description: "What each snapshot counts, as in a freeze." })

const texts = {
  every: {
    description: "A week is frozen on its first day in the organization, and a month on its first day."
  },
  at: {
    description:
      "Local time of the freeze. If the clock skips this time, the freeze is later by the same span. If the clock repeats it, the first one counts."
  },
  keepDays: { description: `Each snapshot expires after so many days. Default: ${keptForDays}.` }
}

export const SetFreezeSchedule = closed({
  every: FreezePeriod.annotateKey(texts.every),
  at: TimeOfDay.annotateKey(texts.at),
  timeZone: Schema.optionalKey(Word).annotateKey({
    description: "An exact IANA name. Default: the time zone of the organization."
  }),
  keepDays: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maxKeptDays }))).annotateKey(
    texts.keepDays
  ),
  view: Schema.optionalKey(lenient(ScheduledView))
}, "property of a freeze schedule").annotate({ identifier: "SetFreezeSchedule" })
export type SetFreezeSchedule = typeof SetFreezeSchedule.Type

const endings = {
  creator_left: "The creator of the schedule is no longer a member of the organization.",
  creator_demoted: "The creator of the schedule was an admin, and is no longer one.",
  report_not_readable: "The creator of the schedule may no longer read the report."
} as const
export type FreezeEnd = keyof typeof endings

const Ended = Schema.Struct({
  at: instant("Time of the end."),
  reason: Schema.Literals(["creator_left", "creator_demoted", "report_not_readable"]),
  message: Schema.String.annotateKey({ description: "Text for display." })
}).annotate({ identifier: "FreezeEnded" })

export const endedBecause = (reason: FreezeEnd, at: DateTime.Utc): typeof Ended.Type => ({
  at,
  reason,
  message: endings[reason]
})

export const optionalInstant = (description: string) =>
  Schema.NullOr(Schema.DateTimeUtcFromString).annotateKey({ format: "date-time", description })

const own = {
  every: FreezePeriod.annotateKey(texts.every),
  at: Schema.String.annotateKey(texts.at),
  timeZone: Schema.String,
  weekStart: Schema.Int.annotateKey({ description: "The first day of a week: 1 is Monday, 7 is Sunday." }),
  keepDays: Schema.Int.annotateKey(texts.keepDays),
  view: stored(ScheduledView),
  createdBy: UserId.annotateKey({ description: "The snapshots count the rows that this person may see." }),
  role: Role.annotateKey({ description: "The role of the creator when the schedule was set." }),
  createdAt: instant("Time at which the schedule was set."),
  missedAt: optionalInstant("The last time due without a snapshot, because none could be made within six hours."),
  ended: Schema.NullOr(Ended).annotateKey({ description: "Why no more snapshots are made. Null while they are." })
}

/** The stored form. The next time due has its own column. */
export const StoredSchedule = Schema.Struct(own)
export type StoredSchedule = typeof StoredSchedule.Type

export const FreezeSchedule = Schema.Struct({
  ...own,
  nextAt: optionalInstant("The next time due. Null if the schedule has ended.")
}).annotate({ identifier: "FreezeSchedule" })
export type FreezeSchedule = typeof FreezeSchedule.Type

/** Members do not see which people an admin chose. */
export const scheduleFor = ({ role }: Caller, schedule: FreezeSchedule): FreezeSchedule =>
  role === "admin" ? schedule : { ...schedule, view: Struct.omit(schedule.view, ["assigneeIds"]) }

/** A time due of a schedule. No other process settles it at the same time. */
export interface DueFreeze {
  readonly organizationId: OrgId
  readonly reportId: ReportId
  readonly dueAt: DateTime.Utc
  readonly schedule: StoredSchedule
}

/** After a failure, or if a process ends, the same time due is tried again. */
export const retryAfter = "5 minutes"

export class FreezeScheduleNotFound extends Failure<FreezeScheduleNotFound>()("FreezeScheduleNotFound", {
  status: 404,
  code: "freeze_schedule_not_found",
  message: "The report has no freeze schedule."
}) {}

export class SchedulesNotConfigured extends Failure<SchedulesNotConfigured>()("SchedulesNotConfigured", {
  status: 501,
  code: "schedules_not_configured",
  message: "This service freezes no reports on a schedule: its setting CLERK_SECRET_KEY is missing."
}) {}
