import { Cause, Context, Effect, Layer, RcMap, Schedule, type Scope } from "effect"
import type { OrgId, ReportId } from "../../domain/Ids.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { Organizations } from "../access/Organizations.ts"
import { throttledWarning } from "../limits/throttledWarning.ts"
import type { ChangeLook } from "../replica/changeLook.ts"
import { ReportRepo } from "../reports/ReportRepo/ReportRepo.ts"
import { MetricSource } from "../run/MetricSource.ts"
import { makeSignal } from "./Signal.ts"

const pace = Schedule.spaced("1 second")

export interface Watch {
  /** Grows whenever data of the organization or the report may have changed. */
  readonly version: () => number
  readonly changedSince: (version: number) => Effect.Effect<void>
  /** False if only another run can tell whether rows have changed. */
  readonly isLogged: () => boolean
}

/** All streams of an organization share one look a second. */
export class ChangeFeed extends Context.Service<ChangeFeed, {
  watch(organizationId: OrgId, reportId?: ReportId): Effect.Effect<Watch, Unreachable, Scope.Scope>
}>()("crm-reports/services/live/ChangeFeed") {
  static readonly layer = Layer.effect(
    ChangeFeed,
    Effect.gen(function*() {
      const organizations = yield* Organizations
      const source = yield* MetricSource
      const reports = yield* ReportRepo
      const logFailure = throttledWarning("the look for changes failed")

      const feedOf = Effect.fnUntraced(function*(organizationId: OrgId) {
        const signal = makeSignal<ReportId>()
        let access = yield* organizations.digest(organizationId)
        let log: ChangeLook | undefined = yield* source.look(organizationId, undefined)

        const lookAtReports = Effect.gen(function*() {
          const ids = signal.keys()
          if (ids.length === 0) return
          const versions = yield* reports.versions(organizationId, ids)
          yield* Effect.forEach(ids, (id) => signal.compare(id, versions.get(id)), { discard: true })
        })
        const look = Effect.gen(function*() {
          const nextAccess = yield* organizations.digest(organizationId)
          const nextLog = yield* source.look(organizationId, log)
          const hasChanged = nextAccess !== access || nextLog?.hasChanged === true
          access = nextAccess
          log = nextLog
          if (hasChanged) yield* signal.all
          yield* lookAtReports
        }).pipe(
          Effect.catchCause((cause) =>
            Cause.hasInterrupts(cause) ? Effect.interrupt : logFailure({ organizationId, cause })
          )
        )
        yield* Effect.forkScoped(Effect.schedule(look, pace))
        return { signal, isLogged: () => log?.isLogged === true }
      })

      const feeds = yield* RcMap.make({ lookup: feedOf })

      const watch = Effect.fnUntraced(function*(organizationId: OrgId, reportId?: ReportId) {
        const { isLogged, signal } = yield* RcMap.get(feeds, organizationId)
        if (reportId !== undefined) {
          const versions = yield* reports.versions(organizationId, [reportId])
          yield* signal.watch(reportId, versions.get(reportId))
        }
        return { ...signal.of(reportId), isLogged }
      })
      return { watch }
    })
  )
}
