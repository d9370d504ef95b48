import { DateTime, Effect, Ref } from "effect"
import { SecureRandom } from "effect/crypto"
import { refuseMembers } from "../../../domain/AdminsOnly.ts"
import {
  type AuditActor,
  type AuditCursor,
  auditCursorOf,
  auditKeptFor,
  auditListOf,
  type AuditPage,
  defaultEvents,
  type NewAuditEvent,
  noDetails
} from "../../../domain/Audit.ts"
import { type Caller, mayRead } from "../../../domain/Caller.ts"
import { byCodePoint } from "../../../query/series/sort.ts"
import { MemoryStore, type State, type StoredAuditEvent } from "../MemoryStore.ts"
import { recordingAfter } from "./recordingAfter.ts"

const newestFirst = (a: AuditCursor, b: AuditCursor) =>
  DateTime.toEpochMillis(b.at) - DateTime.toEpochMillis(a.at) || byCodePoint(b.id, a.id)

const shownIn =
  ({ reports }: State, caller: Caller) => ({ organizationId: _organization, ...event }: StoredAuditEvent) => ({
    ...event,
    title: reports.find((report) => report.id === event.reportId && mayRead(caller, report))?.title ?? null
  })

export const memoryAuditLog = Effect.gen(function*() {
  const store = yield* MemoryStore
  const random = yield* SecureRandom.SecureRandom

  const record = Effect.fnUntraced(function*(
    { organizationId, scopes, userId }: AuditActor,
    { details, ...event }: NewAuditEvent
  ) {
    const stored: StoredAuditEvent = {
      ...noDetails,
      ...details,
      ...event,
      organizationId,
      id: yield* random.uuidV4(),
      at: yield* DateTime.now,
      userId,
      withKey: scopes !== undefined
    }
    yield* Ref.update(store, (state) => ({ ...state, audit: [...state.audit, stored] }))
  })

  const list = Effect.fnUntraced(function*(
    caller: Caller,
    { action, cursor, limit = defaultEvents, reportId, userId }: AuditPage
  ) {
    yield* refuseMembers(caller)
    const after = cursor === undefined ? undefined : auditCursorOf(cursor)
    const state = yield* Ref.get(store)
    const events = state.audit.filter((event) =>
      event.organizationId === caller.organizationId && (userId ?? event.userId) === event.userId &&
      (action ?? event.action) === event.action && (reportId ?? event.reportId) === event.reportId &&
      (after === undefined || newestFirst(after, event) < 0)
    ).toSorted(newestFirst)
    return auditListOf(events.slice(0, limit + 1).map(shownIn(state, caller)), limit)
  })

  const purge = (now: DateTime.Utc) =>
    Ref.modify(store, (state): readonly [number, State] => {
      const limit = DateTime.subtractDuration(now, auditKeptFor)
      const audit = state.audit.filter(({ at }) => DateTime.isGreaterThan(at, limit))
      return [state.audit.length - audit.length, { ...state, audit }]
    })

  return { record, recording: recordingAfter(record), list, purge }
})
