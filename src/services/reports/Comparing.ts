import { Context, DateTime, Effect, Layer } from "effect"
import type { Caller } from "../../domain/Caller.ts"
import type { SnapshotComparison } from "../../domain/Comparison.ts"
import type { SnapshotId } from "../../domain/Ids.ts"
import { requestsOf } from "../../domain/Layout.ts"
import { storedTimeframe } from "../../domain/lenient.ts"
import { nobody } from "../../domain/reservedKeys.ts"
import type { View } from "../../domain/Run.ts"
import type { MetricSeries } from "../../domain/Series.ts"
import type { Snapshot, SnapshotNotFound } from "../../domain/Snapshot.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { compareWidget, haveEqualScopes, idsOf, isOfEveryone, type Side } from "../../query/series/compare.ts"
import { Admission } from "../admission/Admission.ts"
import { MetricRunner } from "../run/MetricRunner.ts"
import { SnapshotRepo } from "./SnapshotRepo/SnapshotRepo.ts"

const viewOf = ({ scope, series, timeframe, view }: Snapshot): View => ({
  ...view,
  ...(isOfEveryone(series) ? { everyone: true } : { everyone: false, assigneeIds: scope.assigneeIds }),
  timeframe: storedTimeframe(timeframe)
})

/** A run of now counts no other people than the snapshot, so equal numbers of people are the same people. */
const isScopeOf = (
  { role, userId }: Caller,
  { scope: { assigneeIds }, series }: Snapshot,
  now: ReadonlyArray<MetricSeries>
): boolean => {
  if (isOfEveryone(series)) return isOfEveryone(now)
  // A snapshot that was shared with a member has the numbers of its creator.
  if (role !== "admin" && assigneeIds.some((id) => id !== userId)) return false
  const people = assigneeIds.filter((id) => id !== nobody).length
  return now.every(({ meta: { scope } }) =>
    scope.members === people && (scope.nobody === true) === (people < assigneeIds.length)
  )
}

const sideOf = ({ layout, series }: Snapshot) => ({ widgets: requestsOf(layout), series })

/** A widget with many points is compared in milliseconds, so other requests have a turn after each widget. */
const compare = Effect.fnUntraced(function*(side: Side, other: Side, isScopeEqual: boolean) {
  const compared = yield* Effect.forEach(
    idsOf(side, other),
    (id) => Effect.as(Effect.yieldNow, compareWidget(side, other, isScopeEqual, id))
  )
  return compared.filter((widget) => widget !== undefined)
})

/** Compares a snapshot with another snapshot, or with the numbers of now under the caller's scope. */
export class Comparing extends Context.Service<Comparing, {
  compare(
    caller: Caller,
    id: SnapshotId,
    other: SnapshotId | "live"
  ): Effect.Effect<SnapshotComparison, SnapshotNotFound | Unreachable>
}>()("crm-reports/services/reports/Comparing") {
  static readonly layer = Layer.effect(
    Comparing,
    Effect.gen(function*() {
      const admission = yield* Admission
      const runner = yield* MetricRunner
      const snapshots = yield* SnapshotRepo

      const find = (caller: Caller, id: SnapshotId) =>
        admission.withPlace("reads", caller.organizationId)(snapshots.find(caller, id))

      const withNow = Effect.fnUntraced(function*(caller: Caller, snapshot: Snapshot) {
        const asOf = yield* DateTime.now
        const { widgets } = sideOf(snapshot)
        const series = yield* runner.run(caller, { ...viewOf(snapshot), widgets })
        const compared = yield* compare(sideOf(snapshot), { widgets, series }, isScopeOf(caller, snapshot, series))
        return { with: { id: null, asOf }, widgets: compared }
      })

      const withOther = Effect.fnUntraced(function*(caller: Caller, snapshot: Snapshot, id: SnapshotId) {
        const other = yield* find(caller, id)
        const compared = yield* compare(sideOf(snapshot), sideOf(other), haveEqualScopes(snapshot, other))
        return { with: { id, asOf: other.createdAt }, widgets: compared }
      })

      return {
        compare: Effect.fnUntraced(function*(caller: Caller, id: SnapshotId, other: SnapshotId | "live") {
          const snapshot = yield* find(caller, id)
          const compared = other === "live"
            ? yield* withNow(caller, snapshot)
            : yield* withOther(caller, snapshot, other)
          return { id, createdAt: snapshot.createdAt, ...compared }
        })
      }
    })
  )
}
