import { Context, DateTime, Effect, Layer, Result, Schema } from "effect"
import { draftOf, type Found } from "../../design/draftOf.ts"
import type { Names } from "../../design/filtersOf.ts"
import { type MetricIndex, metricIndex } from "../../design/metricIndex.ts"
import { search } from "../../design/search.ts"
import { localDay } from "../../domain/Calendar.ts"
import type { Caller, Role } from "../../domain/Caller.ts"
import type { Design } from "../../domain/Design.ts"
import { CreateReport } from "../../domain/Report.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { messagesOf } from "../../languages/messagesOf.ts"
import { BuilderOptions } from "../access/BuilderOptions.ts"
import { Catalog } from "../access/Catalog.ts"
import { Organizations } from "../access/Organizations.ts"
import { ReportValidation } from "../access/ReportValidation.ts"
import { DesignModel } from "./DesignModel.ts"

const decodeReport = Schema.decodeUnknownResult(CreateReport)

export class Designer extends Context.Service<Designer, {
  /** The texts beside the draft are in the language of `locale`, and in English without it. */
  design(caller: Caller, wish: string, locale?: string): Effect.Effect<Design, Unreachable>
}>()("crm-reports/services/design/Designer") {
  static readonly layer = Layer.effect(
    Designer,
    Effect.gen(function*() {
      const [catalog, options, model] = [yield* Catalog, yield* BuilderOptions, yield* DesignModel]
      const [organizations, validation] = [yield* Organizations, yield* ReportValidation]
      const indexes = new Map<Role, MetricIndex>()

      const indexFor = (caller: Caller) => {
        const index = indexes.get(caller.role) ?? metricIndex(catalog.entriesFor(caller))
        indexes.set(caller.role, index)
        return index
      }

      /** Returns the faults for which `POST /crm-reports` would refuse the draft. */
      const faultsOf = Effect.fnUntraced(
        function*(caller: Caller, draft: Design["draft"]) {
          const report = decodeReport(draft)
          if (Result.isFailure(report)) return [String(report.failure)]
          yield* validation.checkReport(caller, report.success)
          return []
        },
        Effect.catchTag("InvalidRequest", ({ issues }) => Effect.succeed(issues.map(({ message }) => message)))
      )

      const searched = Effect.fnUntraced(function*(caller: Caller, wish: string, names: Names) {
        const { organization: { timeZone, weekStart } } = yield* organizations.lookUp(caller.organizationId, [])
        const day = localDay(timeZone, (yield* DateTime.now).epochMilliseconds)
        return search(wish, indexFor(caller), names, { day, weekStart }, caller.role)
      })

      const design = Effect.fnUntraced(function*(caller: Caller, wish: string, locale = "en") {
        const names = yield* options.of(caller)
        const entries = catalog.entriesFor(caller, locale)
        const t = messagesOf(locale).design
        const labelOf = (metricId: string) => entries.find(({ id }) => id === metricId)?.label ?? metricId
        const designed = (found: Found) => draftOf(found, entries, names, locale)
        const judge = (found: Found) => faultsOf(caller, designed(found).draft)
        return yield* model.draft(caller, { wish, entries, names, judge }).pipe(
          Effect.map((found): Design => ({ ...designed(found), by: "model", notes: [] })),
          Effect.catchTag("NoAnswer", ({ reason }) =>
            Effect.map(searched(caller, wish, names), (found): Design => ({
              ...designed(found),
              by: "search",
              notes: [`${t[reason]()} ${t.searched()}`, ...(found.notes ?? []).map((note) => note(t, labelOf))]
            })))
        )
      })
      return { design }
    })
  )
}
