import { DateTime, Effect, Ref } from "effect"
import { type ApiKey, type KeyId, maxListedKeys } from "../../../domain/ApiKey.ts"
import type { OrgId, UserId } from "../../../domain/Ids.ts"
import type { KeyRow, KeyRows, NewKey } from "./ownKeys.ts"

const isValidAt = (now: DateTime.Utc) => ({ expiresAt }: KeyRow) =>
  expiresAt === null || DateTime.isLessThan(now, expiresAt)

const keyOf = ({ hash: _hash, organizationId: _organizationId, ...key }: KeyRow): ApiKey => key

export const memoryKeyRows = Effect.gen(function*() {
  const store = yield* Ref.make<ReadonlyArray<KeyRow>>([])

  const validIn = Effect.fnUntraced(function*(organizationId: OrgId, createdBy: UserId | undefined) {
    const isValid = isValidAt(yield* DateTime.now)
    const isAsked = (row: KeyRow) => createdBy === undefined || row.createdBy === createdBy
    return (yield* Ref.get(store)).filter((row) =>
      row.organizationId === organizationId && isAsked(row) && isValid(row)
    )
  })

  const insert = Effect.fnUntraced(function*({ expiresInDays, ...key }: NewKey) {
    const createdAt = yield* DateTime.now
    const expiresAt = DateTime.add(createdAt, { days: expiresInDays })
    const row = { ...key, createdAt, expiresAt }
    yield* Ref.update(store, (rows) => [row, ...rows.filter(isValidAt(createdAt))])
    return keyOf(row)
  })

  const find = Effect.fnUntraced(function*(organizationId: OrgId, id: KeyId) {
    return (yield* validIn(organizationId, undefined)).find((row) => row.id === id)
  })

  const remove = Effect.fnUntraced(function*(organizationId: OrgId, id: KeyId, createdBy: UserId | undefined) {
    const found = (yield* validIn(organizationId, createdBy)).find((row) => row.id === id)
    yield* Ref.update(store, (rows) => rows.filter((row) => row !== found))
    return found !== undefined
  })

  const rows: KeyRows = {
    insert,
    list: (organizationId, createdBy) =>
      Effect.map(validIn(organizationId, createdBy), (found) => found.slice(0, maxListedKeys).map(keyOf)),
    find,
    remove
  }
  return rows
})
