import { Cause, Clock, Context, Duration, Effect, Layer, Schedule } from "effect"
import { Config } from "../../Config.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { AccessVersion } from "../../domain/Scope.ts"
import { makeSharedNext } from "../../domain/shared.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { count, traced } from "../../telemetry/measure.ts"
import { replicaRefreshes } from "../../telemetry/metrics.ts"
import { withDeadline } from "../admission/withDeadline.ts"
import type { Send } from "../database/statements.ts"
import {
  type ChangeSet,
  decodeServerState,
  fetchChanges,
  fetchUnchanged,
  isTooLarge,
  type LastRefresh,
  selectServerState
} from "./changesSince.ts"
import type { Replica } from "./Replica.ts"
import { failurePause, makeReplicaLoader } from "./ReplicaLoader.ts"
import { makeReplicaPool, type Slot, watchPool } from "./ReplicaPool.ts"
import { maxReplicaRows } from "./replicaSettings.ts"

const minRuns = 10

const latePause = Duration.seconds(1)

const refreshShare = 1 / 100

/** A refresh confirms the access check, or sends the access query with its own statement. */
interface RefreshCheck {
  readonly version: AccessVersion | undefined
  readonly confirm: Effect.Effect<void>
  readonly attachTo: (send: Send) => Send
}

export class Replicas extends Context.Service<Replicas, {
  /** The inner effect returns the replica, refreshed once per run, or undefined if the run must use SQL. */
  open(
    organizationId: OrgId,
    send: Send,
    check?: RefreshCheck
  ): Effect.Effect<Effect.Effect<Replica | undefined>>
  /** The inner effect returns undefined if the transaction of `send` sees other rows than the replica has. */
  openIn(organizationId: OrgId, send: Send): Effect.Effect<Effect.Effect<Replica | undefined>>
  accessVersion(organizationId: OrgId): AccessVersion | undefined
}>()("crm-reports/services/replica/Replicas") {
  static readonly layer = Layer.effect(
    Replicas,
    Effect.gen(function*() {
      const maxRows = yield* maxReplicaRows
      const pool = makeReplicaPool(maxRows)
      yield* watchPool(pool, maxRows)
      const loader = yield* makeReplicaLoader(pool, maxRows)
      const maxRefresh = Duration.times(yield* Config.widgetTimeout, refreshShare)

      const applied = (slot: Slot, replica: Replica, found: ChangeSet) => {
        if (slot.isLoading || isTooLarge(found)) return "behind"
        return replica.apply(found) ? "current" : "lost"
      }

      /** If the outcome is `late` (no answer came) or `behind`, the replica stays in memory and the run uses SQL. */
      const refreshOutcome = (
        organizationId: OrgId,
        slot: Slot,
        replica: Replica,
        last: LastRefresh,
        send: Send,
        deadline: Duration.Duration
      ) => {
        let [isLate, isEnded] = [false, false]
        const inTime = <A>(look: Effect.Effect<A, Unreachable>) =>
          Effect.suspend(() => {
            isEnded = false
            return look
          }).pipe(
            Effect.ensuring(Effect.sync(() => {
              isEnded = true
              if (isLate) slot.hanging -= 1
            })),
            withDeadline(deadline)
          )
        const changes = inTime(fetchChanges(send, organizationId, last))
        /** The short statement has a deadline of its own, so that it takes no time from the statements after it. */
        const looked = last.wasUnchanged
          ? Effect.flatMap(
            inTime(fetchUnchanged(send, last)),
            (state) => state === undefined ? changes : Effect.succeed<ChangeSet>({ state, changes: [], touched: [] })
          )
          : changes
        return looked.pipe(
          Effect.map((found) => applied(slot, replica, found)),
          Effect.catchTag(["TimedOut", "Unavailable"], () =>
            Effect.map(Clock.monotonicTimeNanos, (now) => {
              slot.refreshNotBefore = now + Duration.toNanosUnsafe(latePause)
              isLate = !isEnded
              if (isLate) slot.hanging += 1
              return "late"
            })),
          Effect.catchCause((cause) =>
            Cause.hasInterrupts(cause)
              ? Effect.interrupt
              : Effect.as(Effect.logWarning("replica refresh failed", cause), "lost")
          )
        )
      }

      const refresh = Effect.fnUntraced(function*(
        organizationId: OrgId,
        send: Send,
        deadline: Duration.Duration,
        /** A statement with the access query and a statement of a freeze are never short. */
        canBeShort = false
      ) {
        const slot = pool.slot(organizationId)
        const { replica } = slot
        const now = yield* Clock.monotonicTimeNanos
        slot.usedAt = now
        if (replica !== undefined) {
          if (now < slot.refreshNotBefore || slot.hanging > 0 || slot.isLoading) return undefined
          const { known, version } = replica
          const last = { ...known, wasUnchanged: canBeShort && known.wasUnchanged }
          const outcome = yield* refreshOutcome(organizationId, slot, replica, last, send, deadline)
          yield* count(() => replicaRefreshes({ outcome }))
          if (outcome === "behind") yield* loader.request(organizationId)
          if (outcome === "late" || outcome === "behind") return undefined
          if (outcome === "current") {
            if (replica.version !== version) pool.trim(slot)
            return replica
          }
          if (slot.replica === replica) pool.discard(slot, "lost")
        }
        slot.misses += 1
        if (slot.isLoading || slot.misses < minRuns) return undefined
        if (now < slot.notBefore || !loader.canCapture(now)) return undefined
        slot.notBefore = now + Duration.toNanosUnsafe(failurePause)
        yield* loader.request(organizationId)
        return undefined
      })

      const isUsable = (organizationId: OrgId, replica: Replica) => {
        const slot = pool.slot(organizationId)
        return slot.replica === replica && !slot.isLoading
      }

      const shared = yield* makeSharedNext<OrgId, Replica | undefined>()

      /** A refresh that also sends the access query belongs to one run, so runs cannot share it. */
      const refreshFor = (organizationId: OrgId, send: Send, check: RefreshCheck | undefined) =>
        Effect.suspend(() => {
          const { replica } = pool.slot(organizationId)
          const asking = refresh(organizationId, check?.attachTo(send) ?? send, maxRefresh)
          if (replica === undefined) return asking
          const isKnown = check === undefined || check.version === replica.accessVersion
          return traced("replica refresh")(
            isKnown ? shared(organizationId, refresh(organizationId, send, maxRefresh, true)) : asking
          )
        })

      const open = (organizationId: OrgId, send: Send, check?: RefreshCheck) =>
        refreshFor(organizationId, send, check).pipe(
          Effect.tap((replica) =>
            check !== undefined && replica !== undefined && replica.accessVersion === check.version
              ? check.confirm
              : Effect.void
          ),
          Effect.cached,
          Effect.map(
            Effect.map((replica) => replica !== undefined && isUsable(organizationId, replica) ? replica : undefined)
          )
        )

      const openIn = Effect.fnUntraced(function*(organizationId: OrgId, send: Send) {
        if (pool.slot(organizationId).replica === undefined) return Effect.undefined
        const state = yield* decodeServerState(send({ text: selectServerState, params: [] })).pipe(
          Effect.catchCause((cause) => Cause.hasInterrupts(cause) ? Effect.interrupt : Effect.undefined)
        )
        // This statement has no deadline, because interrupting it would break the transaction.
        const replica = yield* traced("replica refresh")(refresh(organizationId, send, Duration.infinity))
        if (replica === undefined || replica.snapshot.text !== state?.snapshot) return Effect.undefined
        const { version } = replica
        return Effect.sync(() => replica.version === version && isUsable(organizationId, replica) ? replica : undefined)
      })

      yield* Effect.map(Clock.monotonicTimeNanos, pool.dropIdle).pipe(
        Effect.schedule(Schedule.spaced("1 minute")),
        Effect.forkScoped
      )
      const accessVersion = (organizationId: OrgId) => pool.slot(organizationId).replica?.accessVersion
      return { open, openIn, accessVersion }
    })
  )
}
