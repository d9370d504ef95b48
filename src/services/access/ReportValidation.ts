import { Context, DateTime, Effect, Layer, Result } from "effect"
import type { Caller } from "../../domain/Caller.ts"
import { InvalidRequest, type Issue } from "../../domain/InvalidRequest.ts"
import { type Layout, widgetsOf } from "../../domain/Layout.ts"
import { storedTimeframe } from "../../domain/lenient.ts"
import type { Readers } from "../../domain/Options.ts"
import type { CreateReport } from "../../domain/Report.ts"
import type { Timeframe } from "../../domain/Timeframe.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { windowOf } from "../../domain/Window.ts"
import { byLabel } from "../../query/series/sort.ts"
import { Catalog } from "./Catalog.ts"
import { Organizations, type Selected } from "./Organizations.ts"

const fieldOf = {
  unknown_metric: "metricId",
  unsupported_chart: "chart",
  unsupported_group_by: "groupBy",
  unsupported_comparison: "comparePrevious",
  unsupported_within: "within"
} as const

export class ReportValidation extends Context.Service<ReportValidation, {
  /** Only members of the organization who have not left can be named as readers. */
  checkReaders(
    caller: Caller,
    people: ReadonlyArray<string> | undefined
  ): Effect.Effect<void, InvalidRequest | Unreachable>
  /** The people whom the caller may name as readers. */
  readers(caller: Caller): Effect.Effect<Readers["results"], Unreachable>
  checkReport(caller: Caller, report: Partial<CreateReport>): Effect.Effect<void, InvalidRequest | Unreachable>
  /** `path` is the place of the timeframe in the request. */
  checkTimeframe(
    caller: Caller,
    path: string,
    timeframe: Timeframe | undefined
  ): Effect.Effect<void, InvalidRequest | Unreachable>
}>()("crm-reports/services/access/ReportValidation") {
  static readonly layer = Layer.effect(
    ReportValidation,
    Effect.gen(function*() {
      const catalog = yield* Catalog
      const organizations = yield* Organizations

      const checkLayout = Effect.fnUntraced(function*(layout: Layout | undefined) {
        const widgets = layout === undefined ? [] : widgetsOf(layout)
        const issues = widgets.flatMap((widget, index): ReadonlyArray<Issue> =>
          catalog.faultsOf(widget).map(({ code, message }) => ({
            path: `layout.widgets[${index}].${fieldOf[code]}`,
            message
          }))
        )
        if (issues.length > 0) return yield* InvalidRequest.of(issues)
      })

      const checkTimeframe = Effect.fnUntraced(
        function*({ organizationId }: Caller, path: string, timeframe: Timeframe | undefined) {
          if (timeframe === undefined) return
          const { organization } = yield* organizations.lookUp(organizationId, [])
          const window = windowOf(storedTimeframe(timeframe), organization, (yield* DateTime.now).epochMilliseconds)
          if (Result.isFailure(window)) {
            return yield* InvalidRequest.of([{ path, message: window.failure.message }])
          }
        }
      )

      const presentAmong = Effect.fnUntraced(function*({ organizationId }: Caller, people: Selected) {
        const now = (yield* DateTime.now).epochMilliseconds
        const { members } = yield* organizations.lookUp(organizationId, people)
        return members.filter(({ leftAt }) => leftAt === null || leftAt > now)
          .map(({ name, userId }) => ({ id: userId, name }))
      })

      const checkReaders = Effect.fnUntraced(function*(caller: Caller, people: ReadonlyArray<string> = []) {
        if (people.length === 0) return
        const present = new Set<string>((yield* presentAmong(caller, people)).map(({ id }) => id))
        const issues = people.flatMap((id, index): ReadonlyArray<Issue> =>
          present.has(id) ? [] : [{ path: `people[${index}]`, message: "is not a member of the organization" }]
        )
        if (issues.length > 0) return yield* InvalidRequest.of(issues)
      })

      const readers = (caller: Caller) =>
        Effect.map(
          presentAmong(caller, "everyone"),
          (people) => people.toSorted((a, b) => byLabel({ key: a.id, label: a.name }, { key: b.id, label: b.name }))
        )

      const checkReport = Effect.fnUntraced(
        function*(caller: Caller, { defaultTimeframe, layout, people }: Partial<CreateReport>) {
          yield* checkReaders(caller, people)
          yield* checkLayout(layout)
          yield* checkTimeframe(caller, "defaultTimeframe", defaultTimeframe)
        }
      )
      return { checkReaders, checkReport, checkTimeframe, readers }
    })
  )
}
