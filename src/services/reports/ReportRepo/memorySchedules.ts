import { DateTime, Effect, Ref, Result } from "effect"
import type { Caller } from "../../../domain/Caller.ts"
import {
  type DueFreeze,
  type FreezeSchedule,
  FreezeScheduleNotFound,
  retryAfter,
  scheduleFor
} from "../../../domain/FreezeSchedule.ts"
import type { OrgId, ReportId } from "../../../domain/Ids.ts"
import type { ReportNotFound, ReportNotYours } from "../../../domain/Report.ts"
import { type MemoryStore, modify, type ScheduleOfReport, type State, type StoredReport } from "../MemoryStore.ts"

type Changeable = (
  state: State,
  caller: Caller,
  id: ReportId
) => Result.Result<StoredReport, ReportNotFound | ReportNotYours>

const isDueAt = (now: DateTime.Utc) => ({ retryAt, schedule: { nextAt } }: ScheduleOfReport): boolean =>
  nextAt !== null && DateTime.isLessThanOrEqualTo(nextAt, now) &&
  (retryAt === null || DateTime.isLessThanOrEqualTo(retryAt, now))

export const memorySchedules = (store: MemoryStore["Service"], changeableIn: Changeable) => {
  const scheduledIn = (state: State, caller: Caller, id: ReportId) =>
    Result.flatMap(
      changeableIn(state, caller, id),
      (): Result.Result<ScheduleOfReport, FreezeScheduleNotFound> => {
        const found = state.schedules.find(({ reportId }) => reportId === id)
        return found === undefined ? Result.fail(new FreezeScheduleNotFound()) : Result.succeed(found)
      }
    )

  const schedule = (caller: Caller, id: ReportId) =>
    Effect.flatMap(
      Ref.get(store),
      (state) =>
        Effect.fromResult(Result.map(scheduledIn(state, caller, id), (one) => scheduleFor(caller, one.schedule)))
    )

  const setSchedule = (caller: Caller, id: ReportId, schedule: FreezeSchedule) =>
    modify(store, (state) =>
      Result.map(changeableIn(state, caller, id), ({ organizationId }) => {
        const others = state.schedules.filter(({ reportId }) => reportId !== id)
        return [undefined, {
          ...state,
          schedules: [...others, { organizationId, reportId: id, schedule, retryAt: null }]
        }]
      }))

  const removeSchedule = (caller: Caller, id: ReportId) =>
    modify(store, (state) =>
      Result.map(scheduledIn(state, caller, id), (existing) => [undefined, {
        ...state,
        schedules: state.schedules.filter((one) => one !== existing)
      }]))

  const organizationsDue = (now: DateTime.Utc) =>
    Effect.map(Ref.get(store), ({ schedules }) => [
      ...new Set(schedules.filter(isDueAt(now)).map(({ organizationId }) => organizationId))
    ])

  const takeDue = (organizationId: OrgId, now: DateTime.Utc) =>
    Ref.modify(store, (state): readonly [DueFreeze | undefined, State] => {
      const isDue = isDueAt(now)
      const found = state.schedules.find((one) => one.organizationId === organizationId && isDue(one))
      if (found === undefined || found.schedule.nextAt === null) return [undefined, state]
      const { nextAt: dueAt, ...schedule } = found.schedule
      const taken = { ...found, retryAt: DateTime.addDuration(now, retryAfter) }
      const schedules = state.schedules.map((one) => one === found ? taken : one)
      return [{ organizationId, reportId: found.reportId, dueAt, schedule }, { ...state, schedules }]
    })

  const settle = <A, E>(
    { dueAt, reportId, schedule: { createdAt } }: DueFreeze,
    schedule: FreezeSchedule,
    work: Effect.Effect<A, E>
  ) =>
    Effect.gen(function*() {
      const isOpen = ({ reportId: id, schedule: { createdAt: setAt, nextAt } }: ScheduleOfReport) =>
        id === reportId && nextAt !== null && DateTime.Equivalence(nextAt, dueAt) &&
        DateTime.Equivalence(setAt, createdAt)
      const isSettled = yield* Ref.modify(store, (state): readonly [boolean, State] => {
        const found = state.schedules.find(isOpen)
        const schedules = state.schedules.map((one) => one === found ? { ...one, schedule, retryAt: null } : one)
        return [found === undefined, { ...state, schedules }]
      })
      return isSettled ? undefined : yield* work
    })

  return { schedule, setSchedule, removeSchedule, organizationsDue, takeDue, settle }
}
