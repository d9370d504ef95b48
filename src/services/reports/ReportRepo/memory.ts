import { DateTime, Effect, Ref, Result } from "effect"
import { SecureRandom } from "effect/crypto"
import { type Caller, mayChange, mayRead, shownTo } from "../../../domain/Caller.ts"
import { peopleSetBy } from "../../../domain/DefaultView.ts"
import { type OrgId, ReportId } from "../../../domain/Ids.ts"
import {
  type CreateReport,
  isEmptyUpdate,
  type Report,
  ReportChanged,
  ReportNotFound,
  ReportNotYours,
  type ReportPage,
  type ReportSummary,
  type UpdateReport
} from "../../../domain/Report.ts"
import { definitionOf, keptVersions, VersionNotFound, versionsFor } from "../../../domain/ReportVersion.ts"
import { maySee } from "../../../domain/Snapshot.ts"
import { defaultTimeframe } from "../../../domain/Timeframe.ts"
import { byCodePoint } from "../../../query/series/sort.ts"
import { AuditLog } from "../AuditLog/AuditLog.ts"
import { changeEvent } from "../AuditLog/recorded.ts"
import { MemoryStore, modify, type State, type StoredReport, withoutReport } from "../MemoryStore.ts"
import { matches, orders } from "./memoryOrders.ts"
import { memorySchedules } from "./memorySchedules.ts"

type Versions = ReadonlyArray<number> | undefined

interface Changes extends Omit<UpdateReport, "defaultPeople"> {
  readonly defaultPeople: UpdateReport["defaultPeople"] | undefined
}

const shownIn = ({ snapshots }: State, caller: Caller) => (report: StoredReport): Report =>
  shownTo(caller, report.ownerId, {
    ...report,
    snapshotCount: snapshots.filter((snapshot) => snapshot.reportId === report.id && maySee(caller, snapshot)).length
  })

const summaryOf = (
  { defaultFilters: _filters, defaultPeople: _people, layout, people: _readers, version: _version, ...report }: Report
): ReportSummary => ({ ...report, widgetCount: layout.widgets.length })

export const readableIn = ({ reports }: State, caller: Caller, id: string) =>
  reports.find((report) => report.id === id && mayRead(caller, report))

const changeableIn = (
  state: State,
  caller: Caller,
  id: ReportId
): Result.Result<StoredReport, ReportNotFound | ReportNotYours> => {
  const report = readableIn(state, caller, id)
  if (report === undefined) return Result.fail(new ReportNotFound())
  return mayChange(caller, report) ? Result.succeed(report) : Result.fail(new ReportNotYours())
}

const versionIn = (state: State, caller: Caller, id: ReportId, versions: Versions) =>
  Result.flatMap(
    changeableIn(state, caller, id),
    (report): Result.Result<StoredReport, ReportChanged> =>
      versions?.includes(report.version) === false ? Result.fail(new ReportChanged()) : Result.succeed(report)
  )

const changed = (
  report: StoredReport,
  { defaultFilters = report.defaultFilters, defaultPeople = report.defaultPeople, ...change }: Changes,
  now: DateTime.Utc
): StoredReport => ({
  ...report,
  title: change.title ?? report.title,
  description: change.description === undefined ? report.description : change.description,
  ...(change.visibility === undefined
    ? { visibility: report.visibility, people: report.people }
    : { visibility: change.visibility, people: change.people ?? [] }),
  layout: change.layout ?? report.layout,
  defaultTimeframe: change.defaultTimeframe ?? report.defaultTimeframe,
  defaultFilters,
  defaultPeople,
  version: report.version + 1,
  updatedAt: DateTime.max(now, DateTime.addDuration(report.updatedAt, 1))
})

const withReplaced = ({ versions }: State, { userId }: Caller, replaced: StoredReport): State["versions"] => {
  const { id, updatedAt, version } = replaced
  const former = { reportId: id, version, definition: definitionOf(replaced), savedAt: updatedAt, replacedBy: userId }
  return [former, ...versions.filter((one) => one.reportId !== id || one.version > version - keptVersions)]
}

export const memoryReportRepo = Effect.gen(function*() {
  const audit = yield* AuditLog
  const store = yield* MemoryStore
  const random = yield* SecureRandom.SecureRandom

  const list = Effect.fnUntraced(function*(
    caller: Caller,
    { limit, offset, search = "", sort = "-updatedAt" }: ReportPage
  ) {
    const state = yield* Ref.get(store)
    const readable = state.reports
      .filter((report) => mayRead(caller, report) && matches(search)(report))
      .sort((a, b) => orders[sort](a, b) || byCodePoint(a.id, b.id))
    const page = readable.slice(offset, offset + limit).map(shownIn(state, caller))
    return { results: page.map(summaryOf), total: readable.length }
  })

  const find = Effect.fnUntraced(function*(caller: Caller, id: ReportId) {
    const state = yield* Ref.get(store)
    const report = readableIn(state, caller, id)
    return report === undefined ? yield* new ReportNotFound() : shownIn(state, caller)(report)
  })

  const create = Effect.fnUntraced(function*(caller: Caller, report: CreateReport) {
    const { organizationId, userId } = caller
    const now = yield* DateTime.now
    const created: StoredReport = {
      organizationId,
      id: ReportId.make(yield* random.uuidV4()),
      ownerId: userId,
      title: report.title,
      description: report.description ?? null,
      visibility: report.visibility ?? "private",
      people: report.people ?? [],
      layout: report.layout,
      defaultTimeframe: report.defaultTimeframe ?? defaultTimeframe,
      defaultFilters: report.defaultFilters ?? null,
      defaultPeople: peopleSetBy(caller, report) ?? null,
      version: 1,
      createdAt: now,
      updatedAt: now
    }
    yield* Ref.update(store, (state) => ({ ...state, reports: [...state.reports, created] }))
    return shownTo(caller, userId, { ...created, snapshotCount: 0 })
  })

  const update = Effect.fnUntraced(function*(
    caller: Caller,
    id: ReportId,
    change: UpdateReport,
    versions: Versions,
    restoredVersion?: number
  ) {
    const now = yield* DateTime.now
    const changes = { ...change, defaultPeople: peopleSetBy(caller, change) }
    const updated = yield* modify(store, (state) =>
      Result.map(versionIn(state, caller, id, versions), (existing) => {
        if (isEmptyUpdate(changes)) return [shownIn(state, caller)(existing), state]
        const report = changed(existing, changes, now)
        const reports = state.reports.map((other) => other === existing ? report : other)
        return [shownIn(state, caller)(report), { ...state, reports, versions: withReplaced(state, caller, existing) }]
      }))
    if (!isEmptyUpdate(changes)) {
      yield* audit.record(caller, changeEvent(id, change, updated.version, restoredVersion))
    }
    return updated
  })

  const remove = (caller: Caller, id: ReportId, versions: Versions) =>
    modify(
      store,
      (state) => Result.map(versionIn(state, caller, id, versions), () => [undefined, withoutReport(state, id)])
    )

  const versions = (organizationId: OrgId, ids: ReadonlyArray<ReportId>) =>
    Effect.map(Ref.get(store), ({ reports }) =>
      new Map(
        reports.filter((report) => report.organizationId === organizationId && ids.includes(report.id))
          .map(({ id, version }) => [id, version])
      ))

  const history = Effect.fnUntraced(function*(caller: Caller, id: ReportId) {
    const state = yield* Ref.get(store)
    const report = readableIn(state, caller, id)
    if (report === undefined) return yield* new ReportNotFound()
    const former = state.versions.filter(({ reportId }) => reportId === id)
    return versionsFor(caller, shownIn(state, caller)(report), former)
  })

  const findVersion = Effect.fnUntraced(function*(caller: Caller, id: ReportId, version: number) {
    const found = yield* history(caller, id)
    return found.find((one) => one.version === version) ?? (yield* new VersionNotFound())
  })

  return {
    list,
    create,
    find,
    update,
    remove,
    versions,
    history,
    findVersion,
    ...memorySchedules(store, changeableIn)
  }
})
