import { Context, Effect, type Fiber, Layer, Schedule, type Scope } from "effect"
import type { OrgId, ReportId } from "../../domain/Ids.ts"
import { sharedResources } from "../../domain/shared.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { throttledWarning } from "../../telemetry/throttledWarning.ts"
import { Organizations } from "../access/Organizations.ts"
import { Admission } from "../admission/Admission.ts"
import { withDeadline } from "../admission/withDeadline.ts"
import { Readiness } from "../database/Readiness.ts"
import { Goals } from "../goals/Goals.ts"
import type { ChangeLook } from "../replica/changeLook.ts"
import { ReportRepo } from "../reports/ReportRepo/ReportRepo.ts"
import { MetricSource } from "../run/MetricSource.ts"
import { makeSignal, makeVersions, makeWaits } from "./Signal.ts"

const pace = Schedule.spaced("1 second")

/** Covers the whole look. A deadline of each statement would give the connection back before the statement ends. */
const deadline = "4 seconds"

/** A client that opens its stream again within this time gets the same feed. */
const keptFor = "5 seconds"

interface Watch {
  /** The version grows whenever rows of the organization or the report may have changed. */
  readonly version: () => number
  /** `until` is a monotonic time in milliseconds. `wait` ends at this time, when the version is not `version`, or when the service shuts down. */
  readonly wait: (until: number, version: number) => Effect.Effect<void>
  /** `waitFor` ends with `fiber`, at the monotonic time `until`, or when the service shuts down. */
  readonly waitFor: (fiber: Fiber.Fiber<unknown, unknown>, until: number) => Effect.Effect<void>
  /** False means that only another run can tell whether rows have changed. */
  readonly isLogged: () => boolean
}

/** All streams of an organization share one check for changes each second. */
export class ChangeFeed extends Context.Service<ChangeFeed, {
  watch(organizationId: OrgId, reportId?: ReportId): Effect.Effect<Watch, Unreachable, Scope.Scope>
}>()("crm-reports/services/live/ChangeFeed") {
  static readonly layer = Layer.effect(
    ChangeFeed,
    Effect.gen(function*() {
      const organizations = yield* Organizations
      const source = yield* MetricSource
      const admission = yield* Admission
      const reports = yield* ReportRepo
      const goals = yield* Goals
      const readiness = yield* Readiness
      const nextVersion = makeVersions()
      const waits = yield* makeWaits
      yield* Effect.forkScoped(Effect.andThen(readiness.drained, waits.stop))
      const logFailure = throttledWarning("the look for changes failed")

      const feedOf = Effect.fnUntraced(function*(organizationId: OrgId) {
        const signal = makeSignal<ReportId>(nextVersion, waits.look)
        /** The change log also has the changes of members and settings, so `digest` is needed only without it. */
        const read = Effect.fnUntraced(function*(lastLog?: ChangeLook, lastAccess?: string) {
          const log = yield* source.look(organizationId, lastLog)
          const access = log?.isLogged === true ? lastAccess : yield* organizations.digest(organizationId)
          return { access, log, goals: yield* goals.digest(organizationId) }
        })
        let { access, goals: lastGoals, log } = yield* read().pipe(
          admission.withConnection(organizationId),
          withDeadline(deadline)
        )
        let isFailing = false

        const lookAtReports = Effect.gen(function*() {
          const ids = signal.keys()
          if (ids.length === 0) return
          const versions = yield* reports.versions(organizationId, ids)
          yield* Effect.forEach(ids, (id) => signal.compare(id, versions.get(id)), { discard: true })
        })
        const look = Effect.gen(function*() {
          const next = yield* read(log, access)
          const hasChanged = next.access !== access || next.goals !== lastGoals || next.log?.hasChanged === true
          access = next.access
          lastGoals = next.goals
          log = next.log
          if (hasChanged) yield* signal.all
          yield* lookAtReports
          isFailing = false
        }).pipe(
          admission.withConnection(organizationId),
          withDeadline(deadline),
          Effect.catchCause((cause) => {
            isFailing = true
            return logFailure({ organizationId, cause })
          })
        )
        yield* Effect.forkScoped(Effect.schedule(look, pace))
        return { signal, isLogged: () => !isFailing && log?.isLogged === true }
      })

      const feeds = yield* sharedResources(feedOf, keptFor)

      const watch = Effect.fnUntraced(function*(organizationId: OrgId, reportId?: ReportId) {
        const { isLogged, signal } = yield* feeds.get(organizationId)
        if (reportId !== undefined) {
          const versions = yield* reports.versions(organizationId, [reportId])
          yield* signal.watch(reportId, versions.get(reportId))
        }
        const version = () => signal.versionOf(reportId)
        const wait = (until: number, seen: number) => waits.until((now) => now >= until || version() !== seen)
        const waitFor = (fiber: Fiber.Fiber<unknown, unknown>, until: number) =>
          waits.until((now) => now >= until, fiber)
        return { version, wait, waitFor, isLogged }
      })
      return { watch }
    })
  )
}
