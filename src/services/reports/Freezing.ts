import { Context, Effect, Layer } from "effect"
import type { Caller } from "../../domain/Caller.ts"
import { runRequestOf, viewOf } from "../../domain/DefaultView.ts"
import type { ReportId } from "../../domain/Ids.ts"
import { widgetsOf } from "../../domain/Layout.ts"
import { type ReportNotFound } from "../../domain/Report.ts"
import { nobody } from "../../domain/reservedKeys.ts"
import { hasNobody, type Scope } from "../../domain/Scope.ts"
import { sha256OfJson } from "../../domain/sha256.ts"
import type { FreezeRequest, Frozen, FrozenNames, Snapshot } from "../../domain/Snapshot.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { nothingListed } from "../../presentation/detailsOf.ts"
import { BuilderOptions } from "../access/BuilderOptions.ts"
import { hasNames, type Named, namesIn } from "../access/viewNames.ts"
import { MetricRunner } from "../run/MetricRunner.ts"
import { ReportRepo } from "./ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "./SnapshotRepo/SnapshotRepo.ts"

/** A client can compute this hash from the body of a snapshot. */
export const contentHashOf = ({ layout, series }: Pick<Snapshot, "layout" | "series">): string =>
  sha256OfJson({ layout, series })

const selectedIds = (scope: Scope): ReadonlyArray<string> => [
  ...scope.people.map(({ userId }) => userId),
  ...(hasNobody(scope) ? [nobody] : [])
]

const personOf = ({ name, userId }: Scope["people"][number]) => ({ id: userId, name })

export class Freezing extends Context.Service<Freezing, {
  /** Computes a snapshot without storing it. */
  compute(
    caller: Caller,
    reportId: ReportId,
    request: FreezeRequest
  ): Effect.Effect<Frozen, ReportNotFound | Unreachable>
  freeze(
    caller: Caller,
    reportId: ReportId,
    request: FreezeRequest
  ): Effect.Effect<Snapshot, ReportNotFound | Unreachable>
}>()("crm-reports/services/reports/Freezing") {
  static readonly layer = Layer.effect(
    Freezing,
    Effect.gen(function*() {
      const options = yield* BuilderOptions
      const reports = yield* ReportRepo
      const runner = yield* MetricRunner
      const snapshots = yield* SnapshotRepo

      /** Without these names, the files of a snapshot have the names of now. */
      const namesFor = (caller: Caller, named: Named, { people }: Scope): Effect.Effect<FrozenNames | undefined> => {
        if (!hasNames(named)) return Effect.undefined
        // To know which tags the caller sees, `options` reads every lead of the caller.
        const listed = hasNames({ ...named, assigneeIds: [] })
          ? Effect.orElseSucceed(options.of(caller), () => nothingListed)
          : Effect.succeed(nothingListed)
        return Effect.map(listed, ({ tags }) => namesIn(named, { people: people.map(personOf), tags }))
      }

      const compute = Effect.fnUntraced(function*(caller: Caller, reportId: ReportId, request: FreezeRequest) {
        const report = yield* reports.find(caller, reportId)
        const { layout } = report
        const view = viewOf(report, request)
        const { scope, series } = yield* runner.freeze(caller, runRequestOf(report, request))
        const names = yield* namesFor(caller, { ...view, widgets: widgetsOf(layout) }, scope)
        return {
          title: request.title ?? report.title,
          layout,
          timeframe: request.timeframe ?? report.defaultTimeframe,
          view,
          ...(names && { names }),
          series,
          scope: { role: caller.role, assigneeIds: selectedIds(scope) },
          contentHash: contentHashOf({ layout, series })
        }
      })
      const freeze = (caller: Caller, reportId: ReportId, request: FreezeRequest) =>
        Effect.flatMap(compute(caller, reportId, request), (frozen) => snapshots.create(caller, reportId, frozen))
      return { compute, freeze }
    })
  )
}
