import { Context, Effect, Layer } from "effect"
import { isDeepStrictEqual } from "node:util"
import { type Caller, hasScope, mayChange } from "../../domain/Caller.ts"
import type { ReportId } from "../../domain/Ids.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import { type Layout, widgetsOf } from "../../domain/Layout.ts"
import type { Listed, Page } from "../../domain/Page.ts"
import { type Report, type ReportChanged, type ReportNotFound, ReportNotYours } from "../../domain/Report.ts"
import {
  definitionOf,
  type ReportDefinition,
  reportProperties,
  type ReportVersion,
  type VersionNotFound
} from "../../domain/ReportVersion.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { VersionDifference, VersionSummary } from "../../domain/VersionDifference.ts"
import { localizationOf } from "../../languages/messagesOf.ts"
import { titleOf } from "../../presentation/titleOf.ts"
import { Catalog } from "../access/Catalog.ts"
import { ReportValidation } from "../access/ReportValidation.ts"
import { Admission } from "../admission/Admission.ts"
import { ReportRepo } from "./ReportRepo/ReportRepo.ts"

type Widget = Layout["widgets"][number]

const contentOf = ({ h: _h, w: _w, x: _x, y: _y, ...content }: Widget) => content
const placeOf = ({ h, w, x, y }: Widget) => [x, y, w, h]

const byId = (layout: Layout) => new Map(widgetsOf(layout).map((widget) => [widget.instanceId, widget]))

/** `nameOf` returns the name of a widget without a title. */
const differenceOf = (
  since: number,
  older: ReportDefinition,
  newer: ReportDefinition,
  nameOf: (widget: Widget) => string
): VersionDifference => {
  const [before, after] = [byId(older.layout), byId(newer.layout)]
  const names = (widgets: ReadonlyArray<Widget>) =>
    widgets.map((widget) => ({ instanceId: widget.instanceId, name: nameOf(widget) }))
  const differing = (part: (widget: Widget) => unknown) =>
    names([...after.values()].filter((widget) => {
      const was = before.get(widget.instanceId)
      return was !== undefined && !isDeepStrictEqual(part(was), part(widget))
    }))
  return {
    since,
    properties: reportProperties.filter((property) => !isDeepStrictEqual(older[property], newer[property])),
    ...(older.title !== newer.title && { title: { from: older.title, to: newer.title } }),
    ...(older.visibility !== newer.visibility && { visibility: { from: older.visibility, to: newer.visibility } }),
    widgets: {
      added: names([...after.values()].filter(({ instanceId }) => !before.has(instanceId))),
      removed: names([...before.values()].filter(({ instanceId }) => !after.has(instanceId))),
      changed: differing(contentOf),
      moved: differing(placeOf)
    }
  }
}

type Missing = ReportNotFound | VersionNotFound | Unreachable

export class ReportVersions extends Context.Service<ReportVersions, {
  list(caller: Caller, id: ReportId, page: Page): Effect.Effect<Listed<VersionSummary>, ReportNotFound | Unreachable>
  find(caller: Caller, id: ReportId, version: number): Effect.Effect<ReportVersion, Missing>
  /** Does the same as a PATCH with every property of the version. */
  restore(
    caller: Caller,
    id: ReportId,
    version: number,
    versions: ReadonlyArray<number> | undefined
  ): Effect.Effect<Report, Missing | ReportNotYours | ReportChanged | InvalidRequest>
}>()("crm-reports/services/reports/ReportVersions") {
  static readonly layer = Layer.effect(
    ReportVersions,
    Effect.gen(function*() {
      const admission = yield* Admission
      const catalog = yield* Catalog
      const reports = yield* ReportRepo
      const validation = yield* ReportValidation

      const list = Effect.fnUntraced(function*(caller: Caller, id: ReportId, { limit, offset }: Page) {
        const entries = new Map(catalog.entriesFor(caller).map((entry) => [entry.id, entry]))
        const found = yield* reports.history(caller, id)
        const summaryOf = (one: ReportVersion, index: number): VersionSummary => {
          const { layout, savedAt, savedBy, title, version, visibility } = one
          const older = found[offset + index + 1]
          const difference = older === undefined
            ? null
            : differenceOf(
              older.version,
              older,
              one,
              (widget) => titleOf(widget, entries.get(widget.metricId), localizationOf("en"))
            )
          return { version, savedAt, savedBy, title, visibility, widgetCount: widgetsOf(layout).length, difference }
        }
        // Two large layouts are compared in milliseconds, so other requests have a turn after each version.
        const results = yield* Effect.forEach(
          found.slice(offset, offset + limit),
          (one, index) => Effect.as(Effect.yieldNow, summaryOf(one, index))
        )
        return { results, total: found.length }
      })

      /** A key without `reports:read` must not learn what the version has. */
      const check = (caller: Caller, version: ReportVersion) =>
        validation.checkReport(caller, version).pipe(Effect.catchTag("InvalidRequest", (refusal) =>
          Effect.fail(
            hasScope(caller, "reports:read") ? refusal : InvalidRequest.because("The version is no longer valid.")
          )))

      const restore = Effect.fnUntraced(
        function*(caller: Caller, id: ReportId, version: number, versions: ReadonlyArray<number> | undefined) {
          if (!mayChange(caller, yield* reports.find(caller, id))) return yield* new ReportNotYours()
          const former = yield* reports.findVersion(caller, id, version)
          yield* check(caller, former)
          return yield* reports.update(caller, id, definitionOf(former), versions, version)
        }
      )

      return {
        list: (caller, id, page) => admission.withPlace("reads", caller.organizationId)(list(caller, id, page)),
        find: reports.findVersion,
        restore
      }
    })
  )
}
