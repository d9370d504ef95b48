import { DateTime, Effect, Ref, Result, Struct } from "effect"
import { SecureRandom } from "effect/crypto"
import type { Caller } from "../../../domain/Caller.ts"
import type { HistorySpan } from "../../../domain/History.ts"
import { type OrgId, type ReportId, SnapshotId } from "../../../domain/Ids.ts"
import type { Page } from "../../../domain/Page.ts"
import { ReportNotFound } from "../../../domain/Report.ts"
import type { MetricSeries } from "../../../domain/Series.ts"
import {
  expiryAfter,
  type Frozen,
  lifeAt,
  mayManage,
  maySee,
  purgeLimit,
  schemaVersion,
  type ShareSnapshot,
  type Snapshot,
  snapshotFor,
  SnapshotNotFound,
  SnapshotNotYours,
  type SnapshotSummary
} from "../../../domain/Snapshot.ts"
import { MemoryStore, modify, type State, type StoredSnapshot } from "../MemoryStore.ts"
import { readableIn } from "../ReportRepo/memory.ts"

const snapshotAt = (
  caller: Caller,
  { organizationId: _organizationId, ...snapshot }: StoredSnapshot,
  now: DateTime.Utc
): Snapshot => snapshotFor(caller, { ...snapshot, ...lifeAt(now, snapshot.expiresAt) })

const summaryOf = ({ layout: _layout, names: _names, series: _series, view: _view, ...summary }: Snapshot) => summary

const visibleIn = (state: State, caller: Caller, id: SnapshotId): Result.Result<StoredSnapshot, SnapshotNotFound> => {
  const snapshot = state.snapshots.find((snapshot) => snapshot.id === id && maySee(caller, snapshot))
  return snapshot === undefined || readableIn(state, caller, snapshot.reportId) === undefined
    ? Result.fail(new SnapshotNotFound())
    : Result.succeed(snapshot)
}

const manageableIn = (
  state: State,
  caller: Caller,
  id: SnapshotId
): Result.Result<StoredSnapshot, SnapshotNotFound | SnapshotNotYours> =>
  Result.flatMap(
    visibleIn(state, caller, id),
    (snapshot): Result.Result<StoredSnapshot, SnapshotNotYours> =>
      mayManage(caller, snapshot) ? Result.succeed(snapshot) : Result.fail(new SnapshotNotYours())
  )

const sharedIn = (state: State, existing: StoredSnapshot, shared: StoredSnapshot["shared"]): State => ({
  ...state,
  snapshots: state.snapshots.map((snapshot) => snapshot === existing ? { ...existing, shared } : snapshot)
})

const newestFirst = (a: StoredSnapshot, b: StoredSnapshot) =>
  DateTime.toEpochMillis(b.createdAt) - DateTime.toEpochMillis(a.createdAt) || (a.id < b.id ? -1 : 1)

const withoutTimeseriesPoints = (series: MetricSeries): MetricSeries =>
  series.shape === "timeseries" ? { ...Struct.omit(series, ["previousPoints"]), points: [] } : series

export const memorySnapshotRepo = Effect.gen(function*() {
  const store = yield* MemoryStore
  const random = yield* SecureRandom.SecureRandom

  const create = Effect.fnUntraced(function*(
    caller: Caller,
    reportId: ReportId,
    frozen: Frozen,
    keptDays?: number
  ) {
    const createdAt = yield* DateTime.now
    const { organizationId, userId } = caller
    const stored: StoredSnapshot = {
      ...frozen,
      organizationId,
      id: SnapshotId.make(yield* random.uuidV4()),
      reportId,
      createdBy: userId,
      createdAt,
      expiresAt: expiryAfter(createdAt, keptDays),
      schemaVersion,
      shared: null
    }
    return yield* modify(store, (state) =>
      readableIn(state, caller, reportId) === undefined
        ? Result.fail(new ReportNotFound())
        : Result.succeed([snapshotAt(caller, stored, createdAt), {
          ...state,
          snapshots: [...state.snapshots, stored]
        }]))
  })

  const list = Effect.fnUntraced(function*(caller: Caller, reportId: ReportId, { limit, offset }: Page) {
    const state = yield* Ref.get(store)
    if (readableIn(state, caller, reportId) === undefined) return yield* new ReportNotFound()
    const visible = state.snapshots.filter((snapshot) => snapshot.reportId === reportId && maySee(caller, snapshot))
      .sort(newestFirst)
    const now = yield* DateTime.now
    return {
      results: visible.slice(offset, offset + limit).map((snapshot) => summaryOf(snapshotAt(caller, snapshot, now))),
      total: visible.length
    }
  })

  const history = (caller: Caller, reportId: ReportId, { from, instanceId, most, to }: HistorySpan) =>
    Effect.map(Ref.get(store), (state) =>
      readableIn(state, caller, reportId) === undefined
        ? []
        : state.snapshots.filter((snapshot) => {
          const createdAt = DateTime.toEpochMillis(snapshot.createdAt)
          return snapshot.reportId === reportId && maySee(caller, snapshot) && createdAt >= from && createdAt < to
        }).toSorted(newestFirst).slice(0, most).map(({ createdAt, id, layout, scope, series, timeframe }) => ({
          id,
          createdAt,
          timeframe,
          scope,
          layout: { widgets: layout.widgets.filter((widget) => widget.instanceId === instanceId) },
          series: series.filter((one) => one.instanceId === instanceId).map(withoutTimeseriesPoints)
        })))

  const find = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const snapshot = yield* Effect.fromResult(visibleIn(yield* Ref.get(store), caller, id))
    return snapshotAt(caller, snapshot, yield* DateTime.now)
  })

  const share = Effect.fnUntraced(function*(
    caller: Caller,
    id: SnapshotId,
    { organization = false, people = [] }: ShareSnapshot
  ) {
    const now = yield* DateTime.now
    const { userId } = caller
    const shared = { organization, people, sharedBy: userId, sharedAt: now }
    return yield* modify(store, (state) =>
      Result.flatMap(
        manageableIn(state, caller, id),
        (existing): Result.Result<readonly [SnapshotSummary, State], SnapshotNotYours> =>
          existing.createdBy === userId
            ? Result.succeed([
              summaryOf(snapshotAt(caller, { ...existing, shared }, now)),
              sharedIn(state, existing, shared)
            ])
            : Result.fail(new SnapshotNotYours())
      ))
  })

  const unshare = (caller: Caller, id: SnapshotId) =>
    modify(store, (state) =>
      Result.map(
        manageableIn(state, caller, id),
        (existing) => [existing.shared === null ? undefined : existing.reportId, sharedIn(state, existing, null)]
      ))

  const renew = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const now = yield* DateTime.now
    return yield* modify(store, (state) =>
      Result.map(manageableIn(state, caller, id), (existing) => {
        const renewed = { ...existing, expiresAt: expiryAfter(existing.expiresAt) }
        const snapshots = state.snapshots.map((snapshot) => snapshot === existing ? renewed : snapshot)
        return [snapshotAt(caller, renewed, now), { ...state, snapshots }]
      }))
  })

  const remove = (caller: Caller, id: SnapshotId) =>
    modify(store, (state) =>
      Result.map(manageableIn(state, caller, id), (existing) => {
        const snapshots = state.snapshots.filter((snapshot) => snapshot !== existing)
        return [existing.reportId, { ...state, snapshots }]
      }))

  const purge = Effect.gen(function*() {
    const limit = purgeLimit(yield* DateTime.now)
    const isDue = ({ expiresAt }: StoredSnapshot) => DateTime.isLessThanOrEqualTo(expiresAt, limit)
    const due = yield* Ref.modify(store, (state) => [
      state.snapshots.filter(isDue),
      { ...state, snapshots: state.snapshots.filter((snapshot) => !isDue(snapshot)) }
    ])
    const organizations = new Map<OrgId, number>()
    for (const { organizationId } of due) {
      organizations.set(organizationId, (organizations.get(organizationId) ?? 0) + 1)
    }
    return [...organizations].map(([organizationId, deleted]) => ({ organizationId, deleted }))
  })

  return { create, list, history, find, share, unshare, renew, remove, purge }
})
