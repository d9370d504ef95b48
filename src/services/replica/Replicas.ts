import { Cause, Clock, Context, Duration, Effect, Layer, Schedule, Semaphore } from "effect"
import { memoize } from "effect/Function"
import { SqlClient } from "effect/sql"
import { Config } from "../../Config.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { Scope } from "../../domain/Scope.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { ColumnStore } from "../../query/columnar/ColumnStore.ts"
import { asking } from "../access/accessQuery.ts"
import { mapSqlErrors } from "../database/Database.ts"
import { ConnectionLimiter } from "../limits/ConnectionLimiter.ts"
import { withDeadline } from "../limits/withDeadline.ts"
import { look } from "./changesSince.ts"
import { load } from "./load.ts"
import type { Replica } from "./Replica.ts"
import { makeReplicaPool } from "./ReplicaPool.ts"

/** Who looks once in a while is answered by SQL. */
const runsUntilRead = 10

/** Before another try, where one failed or found too many rows. */
const restMillis = 10 * 60_000

/** Between two times that an organization is read. */
const pauseMillis = 60_000

const longestRead = Duration.minutes(5)

/** The rows of organizations that are asked often, in memory, and exactly as the database has them now. */
export class Replicas extends Context.Service<Replicas, {
  /** What the rows of the scope's organization are counted from; undefined where SQL must be asked. */
  fresh(scope: Scope): Effect.Effect<ColumnStore | undefined, Unreachable>
}>()("crm-reports/services/Replicas") {
  static readonly layer = Layer.effect(
    Replicas,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const limiter = yield* ConnectionLimiter
      const mostRows = yield* Config.replicaRows
      const lifetime = yield* Effect.scope
      const all = makeReplicaPool(mostRows)

      const oneAtATime = Semaphore.makeUnsafe(1)

      const read = Effect.fnUntraced(function*(organizationId: OrgId) {
        const kept = all.of(organizationId)
        const began = yield* Clock.currentTimeMillis
        const replica = yield* load(organizationId, mostRows)
        const ended = yield* Clock.currentTimeMillis
        const { size } = replica.store
        all.makeRoomFor(size)
        kept.replica = replica
        kept.notBefore = ended + pauseMillis
        yield* Effect.annotateLogs(Effect.logInfo("a replica is read"), { organizationId, size, millis: ended - began })
      })

      const readBeside = (organizationId: OrgId) =>
        Effect.acquireUseRelease(
          Effect.sync(() => {
            all.of(organizationId).isLoading = true
          }),
          () =>
            read(organizationId).pipe(
              withDeadline(longestRead),
              Effect.provideService(SqlClient.SqlClient, sql),
              limiter.withConnection(organizationId),
              oneAtATime.withPermit,
              Effect.catchCause((cause) =>
                Effect.annotateLogs(Effect.logWarning("SQL counts, not a replica", cause), { organizationId })
              )
            ),
          () =>
            Effect.sync(() => {
              all.of(organizationId).isLoading = false
            })
        ).pipe(Effect.forkIn(lifetime))

      const ask = asking(({ params, text }) => mapSqlErrors(sql.unsafe(text, params)))

      /** What cannot be looked at, SQL may still be asked for. */
      const isTaken = (organizationId: OrgId, replica: Replica) =>
        look(ask, organizationId, replica.moment.text).pipe(
          Effect.map(replica.take),
          Effect.catchCause((cause) =>
            Cause.hasInterrupts(cause)
              ? Effect.failCause(cause)
              : Effect.as(Effect.logWarning("a replica cannot be looked at", cause), false)
          )
        )

      const refreshed = Effect.fnUntraced(function*(organizationId: OrgId) {
        const kept = all.of(organizationId)
        const { replica } = kept
        const now = yield* Clock.currentTimeMillis
        kept.usedAt = now
        if (replica !== undefined) {
          if (yield* isTaken(organizationId, replica)) return replica
          if (kept.replica === replica) kept.replica = undefined
        }
        kept.misses += 1
        if (kept.isLoading || kept.misses < runsUntilRead || now < kept.notBefore) return undefined
        kept.notBefore = now + restMillis
        yield* readBeside(organizationId)
        return undefined
      })

      /** One look a run: its plans share their scope. */
      const refreshedFor = memoize(({ organization: { organizationId } }: Scope) =>
        Effect.runSync(Effect.cached(refreshed(organizationId)))
      )

      const fresh = (scope: Scope) =>
        Effect.map(refreshedFor(scope), (replica) => {
          // Meanwhile another run may have found it lost, or its room may have been needed.
          const isKept = replica !== undefined && all.of(scope.organization.organizationId).replica === replica
          return isKept ? replica.store : undefined
        })

      yield* Effect.map(Clock.currentTimeMillis, all.forgetIdle).pipe(
        Effect.schedule(Schedule.spaced("1 minute")),
        Effect.forkScoped
      )
      return { fresh }
    })
  ).pipe(Layer.provide(ConnectionLimiter.layer))
}
