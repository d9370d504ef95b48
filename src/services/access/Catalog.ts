import { Context, Layer } from "effect"
import { closest } from "fastest-levenshtein"
import type { Caller } from "../../domain/Caller.ts"
import type { CatalogEntry } from "../../domain/CatalogEntry.ts"
import type { ChartKind } from "../../domain/Chart.ts"
import { numberFormats } from "../../domain/numberFormats.ts"
import type { WidgetFault } from "../../domain/Series.ts"
import { catalogTextsIn } from "../../languages/catalogTexts.ts"
import { all, type MetricId } from "../../metrics/all.ts"
import { asWords } from "../../metrics/labels.ts"
import { dimensionsOf, groupBysOf, isAhead, type Metric, withinOf } from "../../metrics/Metric.ts"
import { isMean } from "../../query/series/values.ts"

export interface Selection {
  readonly metricId: string
  readonly chart: string
  readonly groupBy?: string
  readonly comparePrevious?: boolean
  readonly within?: number
}

type Admission =
  | { readonly _tag: "Admitted"; readonly id: MetricId; readonly metric: Metric }
  /** `Gated` means that a member asks for an admin-only metric. The member gets an empty series. */
  | { readonly _tag: "Gated"; readonly metric: Metric }
  | { readonly _tag: "Refused"; readonly metric: Metric | undefined; readonly fault: WidgetFault }

export interface CatalogFault extends WidgetFault {
  readonly code:
    | "unknown_metric"
    | "unsupported_chart"
    | "unsupported_group_by"
    | "unsupported_comparison"
    | "unsupported_within"
}

type Metrics = { readonly [Id in MetricId]?: Metric }

const isId = (metrics: Metrics, id: string): id is MetricId => Object.hasOwn(metrics, id)

const faultsOf = (
  metric: Metric,
  { chart, comparePrevious, groupBy, metricId, within }: Selection
): ReadonlyArray<CatalogFault> => {
  const charts: ReadonlyArray<ChartKind> = metric.charts
  const groupBys = groupBysOf(metric)
  const faults: Array<CatalogFault> = []
  if (!charts.some((kind) => kind === chart)) {
    const message = `\`chart\`: ${metricId} supports only: ${charts.join(", ")}.`
    faults.push({ code: "unsupported_chart", message })
  }
  if (groupBy !== undefined && !groupBys.includes(groupBy)) {
    const supported = groupBys.length === 0 ? "supports no grouping" : `supports only: ${groupBys.join(", ")}`
    faults.push({ code: "unsupported_group_by", message: `\`groupBy\`: ${metricId} ${supported}.` })
  }
  if (comparePrevious === true && metric.shape !== "timeseries") {
    const message = `\`comparePrevious\`: ${metricId} is not a timeseries.`
    faults.push({ code: "unsupported_comparison", message })
  }
  const days = withinOf(metric)?.choices ?? []
  if (within !== undefined && !days.includes(within)) {
    const supported = days.length === 0 ? "is not a metric of cohorts" : `supports only: ${days.join(", ")} days`
    faults.push({ code: "unsupported_within", message: `\`within\`: ${metricId} ${supported}.` })
  }
  return faults
}

const unknownMetric = (id: string, ids: ReadonlyArray<string>): CatalogFault => ({
  code: "unknown_metric",
  message: `\`metricId\`: there is no metric ${JSON.stringify(id)}. The nearest is ${closest(id, ids)}.`
})

const isAllowed = (metric: Metric, caller: Caller) => metric.adminOnly !== true || caller.role === "admin"

const admitFrom =
  (byId: ReadonlyMap<string, readonly [MetricId, Metric]>) => (caller: Caller, selection: Selection): Admission => {
    const entry = byId.get(selection.metricId)
    if (entry === undefined) {
      const allowed = [...byId.values()].filter(([, metric]) => isAllowed(metric, caller)).map(([id]) => id)
      return { _tag: "Refused", metric: undefined, fault: unknownMetric(selection.metricId, allowed) }
    }
    const [id, metric] = entry
    if (!isAllowed(metric, caller)) return { _tag: "Gated", metric }
    const [fault] = faultsOf(metric, selection)
    return fault === undefined ? { _tag: "Admitted", id, metric } : { _tag: "Refused", metric, fault }
  }

const entryIn = (locale: string) => ([id, metric]: readonly [MetricId, Metric]): CatalogEntry => {
  const texts = catalogTextsIn(locale)
  const text = (english: string, ...keys: ReadonlyArray<string>) => texts(...keys) ?? english
  const category = id.slice(0, id.indexOf("."))
  return {
    id,
    category,
    categoryLabel: text(asWords(category), `category.${category}`),
    label: text(metric.label, id),
    description: text(metric.description, `${id}.description`),
    shape: metric.shape,
    unit: metric.unit,
    format: numberFormats[metric.unit],
    moreIsBetter: metric.moreIsBetter ?? null,
    mean: isMean(metric),
    defaultChart: metric.charts[0],
    charts: metric.charts,
    groupBys: groupBysOf(metric),
    dimensions: dimensionsOf(metric).map(({ key, label, values }) => ({
      key,
      label: text(label, `dimension.${key}`),
      values: values.map((known) => ({
        ...known,
        label: text(known.label, `${id}.${key}.${known.value}`, `${key}.${known.value}`)
      }))
    })),
    filters: Object.keys(metric.filters ?? {}),
    adminOnly: metric.adminOnly === true,
    takesTimeframe: metric.at !== undefined,
    countsAhead: isAhead(metric),
    within: withinOf(metric) ?? null,
    records: true
  }
}

export class Catalog extends Context.Service<Catalog, {
  admit(caller: Caller, selection: Selection): Admission
  faultsOf(selection: Selection): ReadonlyArray<CatalogFault>
  /** The texts of the entries are in the language of `locale`, and in English without it. */
  entriesFor(caller: Caller, locale?: string): ReadonlyArray<CatalogEntry>
  metric(id: string): Metric | undefined
}>()("crm-reports/services/access/Catalog") {
  static readonly layerOf = (metrics: Metrics) => {
    const entries = Object.entries(metrics).flatMap(([id, metric]): ReadonlyArray<readonly [MetricId, Metric]> =>
      isId(metrics, id) ? [[id, metric]] : []
    )
    const byId = new Map<string, typeof entries[number]>(entries.map((entry) => [entry[0], entry]))
    return Layer.succeed(Catalog, {
      admit: admitFrom(byId),
      faultsOf: (selection) => {
        const [, metric] = byId.get(selection.metricId) ?? []
        return metric === undefined
          ? [unknownMetric(selection.metricId, [...byId.keys()])]
          : faultsOf(metric, selection)
      },
      entriesFor: (caller, locale = "en") =>
        entries.filter(([, metric]) => isAllowed(metric, caller)).map(entryIn(locale)),
      metric: (id) => byId.get(id)?.[1]
    })
  }

  static readonly layer = Catalog.layerOf(all)
}
