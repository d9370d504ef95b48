import type { MetricSeries } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { numberFormat } from "./numberFormat.ts"
import { figuresOf, targetFault } from "./targetOf.ts"
import { windowLabel } from "./windowLabel.ts"

type Noted = MetricSeries & { readonly isOld?: true }

const excludedNotes = ({ meta }: MetricSeries, localization: Localization) =>
  (meta.excluded ?? []).map(({ count, currency, total }) => {
    const amount = numberFormat({ unit: "money", currency }, localization).card(total)
    return localization.t.noteOtherCurrency({ count, currency, amount })
  })

const partialNotes = (series: MetricSeries, { t }: Localization) => {
  if (series.shape !== "timeseries" || !series.points.some(({ partial }) => partial === true)) return []
  const { window, within } = series.meta
  return [
    within === undefined ? t.notePartial({ bucket: window?.bucket ?? "day" }) : t.noteYoungCohorts({ count: within })
  ]
}

const previousNotes = (series: MetricSeries, localization: Localization) => {
  const { previousWindow, window } = series.meta
  if (series.shape === "stat" || previousWindow === undefined || window === undefined) return []
  const label = windowLabel({ ...window, ...previousWindow }, localization)
  const { t } = localization
  if (series.shape !== "timeseries") return [t.notePreviousChange({ window: label })]
  if (series.previousPoints === undefined) return []
  return [series.series.length > 1 ? t.notePreviousInTable({ window: label }) : t.notePreviousDashed({ window: label })]
}

const filterNotes = ({ meta: { filters: { applied, ignored, invalid } } }: MetricSeries, { t }: Localization) => {
  const named = (keys: ReadonlyArray<string>) => keys.map((key) => t.filterName({ key })).join(", ")
  const empty = Object.keys(applied).filter((key) => applied[key]?.length === 0)
  return [
    ...(invalid === true ? [t.noteFiltersInvalid()] : []),
    ...(empty.length === 0 ? [] : [t.noteFiltersEmpty({ filters: named(empty) })]),
    ...(ignored.length === 0 ? [] : [t.noteNotFiltered({ filters: named(ignored) })])
  ]
}

const targetNotes = ({ meta }: MetricSeries, localization: Localization) => {
  const { t } = localization
  const figures = figuresOf(meta)
  const reason = targetFault(meta, localization)
  if (reason !== undefined) return [t.noteTargetFault({ reason })]
  if (figures === undefined) return []
  if (figures.value === null) return [t.noteTargetNone()]
  return [
    ...(figures.missing === 0 ? [] : [t.noteTargetMissing({ count: figures.missing })]),
    ...(figures.additive ? [] : [t.noteTargetsAdded()])
  ]
}

const forecastNotes = ({ meta }: MetricSeries, localization: Localization) => {
  const amountOf = numberFormat({ ...meta, unit: "money" }, localization).card
  const { deals, withoutDate, withoutWeight = [] } = meta
  const { t } = localization
  return [
    ...(deals === undefined ? [] : [t.noteOverdue({ count: deals })]),
    ...(withoutDate === undefined || withoutDate.count === 0
      ? []
      : [t.noteWithoutDate({ count: withoutDate.count, amount: amountOf(withoutDate.total) })]),
    ...withoutWeight.map(({ count, label, stage, total }) =>
      t.noteWithoutWeight({ count, stage, label, amount: amountOf(total) })
    )
  ]
}

const coverageNotes = ({ meta: { coverage, within } }: MetricSeries, { t }: Localization) => {
  if (coverage === undefined) return []
  const count = coverage.leads - coverage.withSpells
  if (within !== undefined) {
    return [t.noteCohort({ count: within }), ...(count === 0 ? [] : [t.noteNoHistory({ count })])]
  }
  return [t.noteStepShares(), ...(count === 0 ? [] : [t.noteStatusOnly({ count })])]
}

/** The page keeps the numbers of a card that cannot be counted now. */
const oldNotes = ({ isOld }: Noted, { t }: Localization) => isOld === true ? [t.noteOld()] : []

/** These notes explain parts of the drawing. */
const drawnNotes = (series: Noted, localization: Localization): ReadonlyArray<string> => [
  ...partialNotes(series, localization),
  ...previousNotes(series, localization)
]

export const notesOf = (series: Noted, localization: Localization): ReadonlyArray<string> => [
  ...oldNotes(series, localization),
  ...filterNotes(series, localization),
  ...forecastNotes(series, localization),
  ...excludedNotes(series, localization),
  ...targetNotes(series, localization),
  ...coverageNotes(series, localization),
  ...(series.meta.truncated === undefined ? [] : [localization.t.noteTruncated({ count: series.meta.truncated })]),
  ...drawnNotes(series, localization)
]

/** The head of a card has room for the most important note, and for those without which the drawing is not understood. */
export const headNotes = (series: Noted, localization: Localization): ReadonlyArray<string> => {
  const first = notesOf(series, localization).slice(0, series.isOld === true || isUnfiltered(series) ? 2 : 1)
  return [...new Set([...first, ...drawnNotes(series, localization)])]
}

/** True if the request has filters, and the metric has none of their fields. */
export const isUnfiltered = ({ meta: { filters: { applied, ignored } } }: MetricSeries): boolean =>
  ignored.length > 0 && Object.keys(applied).length === 0
