import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { ApiKey, type KeyId, maxListedKeys } from "../../../domain/ApiKey.ts"
import { OrgId, type UserId } from "../../../domain/Ids.ts"
import { queryRows, SqlFailures } from "../../database/statements.ts"
import type { KeyRows, NewKey } from "./ownKeys.ts"

const KeyFields = {
  ...ApiKey.fields,
  createdAt: Schema.DateTimeUtcFromDate,
  expiresAt: Schema.NullOr(Schema.DateTimeUtcFromDate)
}
const Key = Schema.Struct(KeyFields)
const StoredKey = Schema.Struct({ ...KeyFields, organizationId: OrgId, hash: Schema.String })

export const sqlKeyRows = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { withSqlDeadline } = yield* SqlFailures
  const queryKeys = yield* queryRows(Key)
  const queryStored = yield* queryRows(StoredKey)

  const columns = sql`k.id, k.name, k.scopes, k.created_by AS "createdBy", k.created_at AS "createdAt",
    k.expires_at AS "expiresAt"`

  const valid = (organizationId: OrgId) =>
    sql`k.organization_id = ${organizationId} AND (k.expires_at IS NULL OR k.expires_at > now())`

  const ownedBy = (createdBy: UserId | undefined) =>
    sql`(${createdBy === undefined}::boolean OR k.created_by = ${createdBy ?? ""})`

  const insert = Effect.fnUntraced(
    function*({ createdBy, expiresInDays, hash, id, name, organizationId, scopes }: NewKey) {
      yield* withSqlDeadline(sql`
        DELETE FROM crm_report_keys k WHERE k.organization_id = ${organizationId} AND k.expires_at <= now()
      `)
      const [key] = yield* queryKeys(sql`
        INSERT INTO crm_report_keys AS k (
          organization_id, id, name, scopes, created_by, secret_hash, created_at, expires_at
        )
        VALUES (
          ${organizationId}, ${id}, ${name}, ${scopes}::text[], ${createdBy}, ${hash}, now(),
          now() + make_interval(days => ${expiresInDays}::int)
        )
        RETURNING ${columns}
      `)
      return key ?? (yield* Effect.die("an INSERT returned no row"))
    }
  )

  const list = (organizationId: OrgId, createdBy: UserId | undefined) =>
    queryKeys(sql`
      SELECT ${columns} FROM crm_report_keys k
      WHERE ${valid(organizationId)} AND ${ownedBy(createdBy)}
      ORDER BY k.created_at DESC, k.id
      LIMIT ${maxListedKeys}
    `)

  const find = Effect.fnUntraced(function*(organizationId: OrgId, id: KeyId) {
    const [row] = yield* queryStored(sql`
      SELECT ${columns}, k.organization_id AS "organizationId", k.secret_hash AS hash FROM crm_report_keys k
      WHERE ${valid(organizationId)} AND k.id = ${id}
    `)
    return row
  })

  const remove = (organizationId: OrgId, id: KeyId, createdBy: UserId | undefined) =>
    withSqlDeadline(sql`
      DELETE FROM crm_report_keys k WHERE ${valid(organizationId)} AND k.id = ${id} AND ${ownedBy(createdBy)}
      RETURNING k.id
    `).pipe(Effect.map((rows) => rows.length > 0))

  const rows: KeyRows = { insert, list, find, remove }
  return rows
})
