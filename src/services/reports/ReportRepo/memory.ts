import { DateTime, Effect, Ref, Result } from "effect"
import { SecureRandom } from "effect/crypto"
import type { Caller } from "../../../domain/Caller.ts"
import { ReportId } from "../../../domain/Ids.ts"
import type { Page } from "../../../domain/Page.ts"
import {
  type CreateReport,
  mayChange,
  mayRead,
  type Report,
  ReportChanged,
  ReportNotFound,
  ReportNotYours,
  type UpdateReport
} from "../../../domain/Report.ts"
import { maySee } from "../../../domain/Snapshot.ts"
import { defaultTimeframe } from "../../../domain/Timeframe.ts"
import { type KeptReport, MemoryStore, modify, type State } from "../MemoryStore.ts"

type Versions = ReadonlyArray<number> | undefined

const counted = ({ snapshots }: State, caller: Caller) => (report: KeptReport): Report => ({
  ...report,
  snapshotCount: snapshots.filter((one) => one.reportId === report.id && maySee(caller, one)).length
})

export const readableIn = ({ reports }: State, caller: Caller, id: string) =>
  reports.find((report) => report.id === id && mayRead(caller, report))

const changeableIn = (
  books: State,
  caller: Caller,
  id: ReportId,
  versions: Versions
): Result.Result<KeptReport, ReportNotFound | ReportNotYours | ReportChanged> => {
  const report = readableIn(books, caller, id)
  if (report === undefined) return Result.fail(new ReportNotFound())
  if (!mayChange(caller, report)) return Result.fail(new ReportNotYours())
  if (versions?.includes(report.version) === false) return Result.fail(new ReportChanged())
  return Result.succeed(report)
}

const newestFirst = (a: KeptReport, b: KeptReport) =>
  DateTime.toEpochMillis(b.updatedAt) - DateTime.toEpochMillis(a.updatedAt) || (a.id < b.id ? -1 : 1)

const changed = (report: KeptReport, change: UpdateReport, now: DateTime.Utc): KeptReport => ({
  ...report,
  title: change.title ?? report.title,
  description: change.description === undefined ? report.description : change.description,
  visibility: change.visibility ?? report.visibility,
  layout: change.layout ?? report.layout,
  defaultTimeframe: change.defaultTimeframe ?? report.defaultTimeframe,
  version: report.version + 1,
  updatedAt: DateTime.max(now, DateTime.addDuration(report.updatedAt, 1))
})

export const inMemory = Effect.gen(function*() {
  const shelf = yield* MemoryStore
  const random = yield* SecureRandom.SecureRandom

  const list = Effect.fnUntraced(function*(caller: Caller, { limit, offset }: Page) {
    const books = yield* Ref.get(shelf)
    const readable = books.reports.filter((report) => mayRead(caller, report)).sort(newestFirst)
    return { results: readable.slice(offset, offset + limit).map(counted(books, caller)), total: readable.length }
  })

  const find = Effect.fnUntraced(function*(caller: Caller, id: ReportId) {
    const books = yield* Ref.get(shelf)
    const report = readableIn(books, caller, id)
    return report === undefined ? yield* new ReportNotFound() : counted(books, caller)(report)
  })

  const create = Effect.fnUntraced(function*({ organizationId, userId }: Caller, report: CreateReport) {
    const now = yield* DateTime.now
    const created: KeptReport = {
      organizationId,
      id: ReportId.make(yield* random.uuidV4()),
      ownerId: userId,
      title: report.title,
      description: report.description ?? null,
      visibility: report.visibility ?? "private",
      layout: report.layout,
      defaultTimeframe: report.defaultTimeframe ?? defaultTimeframe,
      version: 1,
      createdAt: now,
      updatedAt: now
    }
    yield* Ref.update(shelf, (books) => ({ ...books, reports: [...books.reports, created] }))
    return { ...created, snapshotCount: 0 }
  })

  const update = Effect.fnUntraced(function*(caller: Caller, id: ReportId, change: UpdateReport, versions: Versions) {
    const now = yield* DateTime.now
    return yield* modify(shelf, (books) =>
      Result.map(changeableIn(books, caller, id, versions), (found) => {
        const report = changed(found, change, now)
        const reports = books.reports.map((one) => one === found ? report : one)
        return [counted(books, caller)(report), { ...books, reports }]
      }))
  })

  const remove = (caller: Caller, id: ReportId, versions: Versions) =>
    modify(shelf, (books) =>
      Result.map(changeableIn(books, caller, id, versions), (found) => [undefined, {
        reports: books.reports.filter((report) => report !== found),
        snapshots: books.snapshots.filter((snapshot) => snapshot.reportId !== id)
      }]))

  return { list, create, find, update, remove }
})
