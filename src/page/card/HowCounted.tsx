import { notesOf } from "../../presentation/notesOf.ts"
import type { CatalogEntry, MetricSeries } from "../api/wire.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { dayName, filtersName, momentName } from "./words.ts"

interface HowCountedProps {
  readonly title: string
  readonly metric: CatalogEntry | undefined
  readonly metricId: string
  readonly series: MetricSeries | undefined
  readonly onClose: () => void
}

const windowOf = ({ asOf, window }: MetricSeries["meta"], isAhead: boolean): string => {
  if (window === undefined) return "The state at this moment; the timeframe does not apply."
  const { from, timeZone, to } = window
  const counted = isAhead ? Infinity : Date.parse(asOf)
  const last = new Date(Math.max(0, Math.min(Date.parse(to) - 1, counted))).toISOString()
  const until = dayName(last, timeZone)
  return from === null
    ? `Everything until ${until} (${timeZone})`
    : `${dayName(from, timeZone)} to ${until} (${timeZone})`
}

export const scopeOf = ({ scope }: MetricSeries["meta"]): string => {
  if (scope.kind === "own") return "Only what you own or are assigned to."
  if (scope.kind === "everyone") return "Everything in the organization, also what nobody owns or is assigned to."
  const nobodys = scope.nobody === true ? " Also what nobody owns or is assigned to." : ""
  return `What ${
    scope.members === 1 ? "1 person owns or is" : `${scope.members} people own or are`
  } assigned to.${nobodys}`
}

const filtersOf = ({ filters }: MetricSeries["meta"]): string => {
  const applied = [filters.applied, filters.also ?? {}].map(filtersName).filter((name) => name !== "")
  return applied.length === 0 ? "None." : `${applied.join(", ")}.`
}

export const HowCounted = ({ metric, metricId, onClose, series, title }: HowCountedProps) => {
  const notes = series === undefined ? [] : notesOf(series)
  return (
    <Dialog title={`How “${title}” is counted`} onClose={onClose}>
      <p className="lead">{metric?.description ?? "The catalog of this service does not describe this number."}</p>
      <dl className="facts">
        {series !== undefined && (
          <>
            <dt>Period</dt>
            <dd>{windowOf(series.meta, metric?.countsAhead === true)}</dd>
            <dt>Whose records</dt>
            <dd>{scopeOf(series.meta)}</dd>
            <dt>Filters</dt>
            <dd>{filtersOf(series.meta)}</dd>
            {notes.length > 0 && (
              <>
                <dt>Please note</dt>
                <dd>{notes.map((note) => <div key={note}>{note}</div>)}</dd>
              </>
            )}
            {!series.meta.additive && series.shape !== "stat" && (
              <>
                <dt>Adding up</dt>
                <dd>The rows of the table need not add up to a total.</dd>
              </>
            )}
            <dt>As of</dt>
            <dd>{momentName(series.meta.asOf)}</dd>
          </>
        )}
        <dt>Name in the API</dt>
        <dd>
          <code>{metricId}</code>
        </dd>
      </dl>
    </Dialog>
  )
}
