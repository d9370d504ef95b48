import { DateTime, Effect, Ref, Result } from "effect"
import { SecureRandom } from "effect/crypto"
import type { Caller } from "../../../domain/Caller.ts"
import { type OrgId, type ReportId, SnapshotId } from "../../../domain/Ids.ts"
import type { Page } from "../../../domain/Page.ts"
import { ReportNotFound } from "../../../domain/Report.ts"
import {
  expiryAfter,
  type Frozen,
  lifeAt,
  maySee,
  purgeLimit,
  schemaVersion,
  type Snapshot,
  SnapshotNotFound
} from "../../../domain/Snapshot.ts"
import { type KeptSnapshot, MemoryStore, modify, type State } from "../MemoryStore.ts"
import { readableIn } from "../ReportRepo/memory.ts"

const shown = ({ organizationId: _organizationId, ...snapshot }: KeptSnapshot, now: DateTime.Utc): Snapshot => ({
  ...snapshot,
  ...lifeAt(now, snapshot.expiresAt)
})

const summarized = ({ layout: _layout, series: _series, ...summary }: Snapshot) => summary

const seenIn = (books: State, caller: Caller, id: SnapshotId): Result.Result<KeptSnapshot, SnapshotNotFound> => {
  const snapshot = books.snapshots.find((one) => one.id === id && maySee(caller, one))
  return snapshot === undefined || readableIn(books, caller, snapshot.reportId) === undefined
    ? Result.fail(new SnapshotNotFound())
    : Result.succeed(snapshot)
}

const newestFirst = (a: KeptSnapshot, b: KeptSnapshot) =>
  DateTime.toEpochMillis(b.createdAt) - DateTime.toEpochMillis(a.createdAt) || (a.id < b.id ? -1 : 1)

export const inMemory = Effect.gen(function*() {
  const shelf = yield* MemoryStore
  const random = yield* SecureRandom.SecureRandom

  const create = Effect.fnUntraced(function*(caller: Caller, reportId: ReportId, frozen: Frozen) {
    const createdAt = yield* DateTime.now
    const { organizationId, userId } = caller
    const kept: KeptSnapshot = {
      ...frozen,
      organizationId,
      id: SnapshotId.make(yield* random.uuidV4()),
      reportId,
      createdBy: userId,
      createdAt,
      expiresAt: expiryAfter(createdAt),
      schemaVersion
    }
    return yield* modify(shelf, (books) =>
      readableIn(books, caller, reportId) === undefined
        ? Result.fail(new ReportNotFound())
        : Result.succeed([shown(kept, createdAt), { ...books, snapshots: [...books.snapshots, kept] }]))
  })

  const list = Effect.fnUntraced(function*(caller: Caller, reportId: ReportId, { limit, offset }: Page) {
    const books = yield* Ref.get(shelf)
    if (readableIn(books, caller, reportId) === undefined) return yield* new ReportNotFound()
    const seen = books.snapshots.filter((one) => one.reportId === reportId && maySee(caller, one)).sort(newestFirst)
    const now = yield* DateTime.now
    return {
      results: seen.slice(offset, offset + limit).map((one) => summarized(shown(one, now))),
      total: seen.length
    }
  })

  const find = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const snapshot = yield* Effect.fromResult(seenIn(yield* Ref.get(shelf), caller, id))
    return shown(snapshot, yield* DateTime.now)
  })

  const renew = Effect.fnUntraced(function*(caller: Caller, id: SnapshotId) {
    const now = yield* DateTime.now
    return yield* modify(shelf, (books) =>
      Result.map(seenIn(books, caller, id), (found) => {
        const renewed = { ...found, expiresAt: expiryAfter(found.expiresAt) }
        const snapshots = books.snapshots.map((one) => one === found ? renewed : one)
        return [shown(renewed, now), { ...books, snapshots }]
      }))
  })

  const remove = (caller: Caller, id: SnapshotId) =>
    modify(shelf, (books) =>
      Result.map(seenIn(books, caller, id), (found) => {
        const snapshots = books.snapshots.filter((one) => one !== found)
        return [undefined, { ...books, snapshots }]
      }))

  const purge = Effect.gen(function*() {
    const limit = purgeLimit(yield* DateTime.now)
    const isDue = ({ expiresAt }: KeptSnapshot) => DateTime.isLessThanOrEqualTo(expiresAt, limit)
    const due = yield* Ref.modify(shelf, (books) => [
      books.snapshots.filter(isDue),
      { ...books, snapshots: books.snapshots.filter((one) => !isDue(one)) }
    ])
    const organizations = new Map<OrgId, number>()
    for (const { organizationId } of due) {
      organizations.set(organizationId, (organizations.get(organizationId) ?? 0) + 1)
    }
    return [...organizations].map(([organizationId, deleted]) => ({ organizationId, deleted }))
  })

  return { create, list, find, renew, remove, purge }
})
