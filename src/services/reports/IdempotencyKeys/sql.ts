import { Duration, Effect, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { SqlClient } from "effect/sql"
import { queryRows, SqlFailures } from "../../database/statements.ts"
import { oldRows, totalOf } from "../oldRows.ts"
import {
  type Answer,
  answerRetention,
  type Attempt,
  type Claim,
  claimStored,
  holderTimeout,
  type StoredKey
} from "./Claim.ts"

const Row = Schema.Struct({
  fingerprint: Schema.String,
  holder: Schema.String,
  millisLeft: Schema.Number,
  status: Schema.NullOr(Schema.Int),
  etag: Schema.NullOr(Schema.String),
  body: Schema.NullOr(Schema.String)
})

const storedKeyOf = ({ body, etag, fingerprint, holder, status }: typeof Row.Type): StoredKey => ({
  fingerprint,
  holder,
  answer: status === null || body === null ? undefined : { status, etag, body }
})

const intervalOf = (duration: Duration.Duration) => `${Duration.toMillis(duration)} milliseconds`

export const sqlIdempotencyKeys = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { withSqlDeadline } = yield* SqlFailures
  const queryKeys = yield* queryRows(Row)
  const random = yield* SecureRandom.SecureRandom
  const unanswered = intervalOf(yield* holderTimeout)
  const answered = intervalOf(answerRetention)

  const claim = Effect.fnUntraced(function*({ fingerprint, id, organizationId }: Attempt) {
    const holder = yield* random.uuidV4()
    const claimed = yield* withSqlDeadline(sql`
      INSERT INTO crm_report_idempotency_keys AS k (organization_id, id, fingerprint, holder, claimed_at)
      VALUES (${organizationId}, ${id}, ${fingerprint}, ${holder}, now())
      ON CONFLICT (organization_id, id) DO UPDATE SET
        fingerprint = EXCLUDED.fingerprint,
        holder = EXCLUDED.holder,
        claimed_at = EXCLUDED.claimed_at,
        status = EXCLUDED.status,
        etag = EXCLUDED.etag,
        body = EXCLUDED.body
      WHERE k.organization_id = ${organizationId}
        AND EXCLUDED.claimed_at - k.claimed_at
          >= CASE WHEN k.status IS NULL THEN ${unanswered}::interval ELSE ${answered}::interval END
      RETURNING holder
    `)
    const own: Claim = { _tag: "Claimed", holder }
    if (claimed.length > 0) return own
    const [row] = yield* queryKeys(sql`
      SELECT
        k.fingerprint, k.holder, k.status, k.etag, k.body,
        (1000 * extract(epoch FROM k.claimed_at + ${unanswered}::interval - now()))::float8 AS "millisLeft"
      FROM crm_report_idempotency_keys k
      WHERE k.organization_id = ${organizationId} AND k.id = ${id}
    `)
    const released: Claim = { _tag: "InProgress", holder, seconds: 1 }
    return row === undefined ? released : yield* claimStored(fingerprint, storedKeyOf(row), row.millisLeft)
  })

  const keep = ({ id, organizationId }: Attempt, holder: string, { body, etag, status }: Answer) =>
    withSqlDeadline(sql`
      UPDATE crm_report_idempotency_keys k SET status = ${status}, etag = ${etag}, body = ${body}
      WHERE k.organization_id = ${organizationId} AND k.id = ${id} AND k.holder = ${holder}
    `).pipe(Effect.asVoid)

  const release = ({ id, organizationId }: Attempt, holder: string) =>
    withSqlDeadline(sql`
      DELETE FROM crm_report_idempotency_keys k
      WHERE k.organization_id = ${organizationId} AND k.id = ${id} AND k.holder = ${holder}
    `).pipe(Effect.asVoid)

  const deleteOld = yield* oldRows("crm_report_idempotency_keys", "claimed_at")
  const purge = Effect.map(deleteOld(sql`now() - ${answered}::interval`), totalOf)

  return { claim, keep, release, purge }
})
