import { notesOf } from "../../presentation/notesOf.ts"
import { useOptions } from "../api/queries.ts"
import type { CatalogEntry, MetricSeries, Options } from "../api/wire.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { localization, t } from "../shell/messages.ts"
import { dayName, filtersName, momentName, scopeName } from "./words.ts"

interface HowCountedProps {
  readonly title: string
  readonly metric: CatalogEntry | undefined
  readonly metricId: string
  readonly series: MetricSeries | undefined
  readonly onClose: () => void
}

const windowOf = ({ asOf, window }: MetricSeries["meta"], isAhead: boolean): string => {
  if (window === undefined) return t.stateNow()
  const { from, timeZone, to } = window
  const counted = isAhead ? Infinity : Date.parse(asOf)
  const last = new Date(Math.max(0, Math.min(Date.parse(to) - 1, counted))).toISOString()
  const until = dayName(last, timeZone)
  return from === null
    ? t.everythingUntil({ until, timeZone })
    : t.fromUntil({ from: dayName(from, timeZone), until, timeZone })
}

const filtersOf = ({ filters }: MetricSeries["meta"], options: Options | undefined): string => {
  const applied = [filters.applied, filters.also ?? {}].map((one) => filtersName(one, options)).filter((name) =>
    name !== ""
  )
  return applied.length === 0 ? t.noneFilters() : `${applied.join(", ")}.`
}

export const HowCounted = ({ metric, metricId, onClose, series, title }: HowCountedProps) => {
  const options = useOptions()
  const notes = series === undefined ? [] : notesOf(series, localization())
  return (
    <Dialog title={t.howTitle({ title })} onClose={onClose}>
      <p className="lead">{metric?.description ?? t.notDescribed()}</p>
      <dl className="facts">
        {series !== undefined && (
          <>
            <dt>{t.period()}</dt>
            <dd>{windowOf(series.meta, metric?.countsAhead === true)}</dd>
            <dt>{t.whoseRecords()}</dt>
            <dd>{scopeName(series.meta)}</dd>
            <dt>{t.filters()}</dt>
            <dd>{filtersOf(series.meta, options)}</dd>
            {notes.length > 0 && (
              <>
                <dt>{t.pleaseNote()}</dt>
                <dd>{notes.map((note) => <div key={note}>{note}</div>)}</dd>
              </>
            )}
            {!series.meta.additive && series.shape !== "stat" && (
              <>
                <dt>{t.addingUp()}</dt>
                <dd>{t.needNotAddUp()}</dd>
              </>
            )}
            <dt>{t.asOf()}</dt>
            <dd>{momentName(series.meta.asOf, series.meta.window?.timeZone)}</dd>
          </>
        )}
        <dt>{t.nameInApi()}</dt>
        <dd>
          <code>{metricId}</code>
        </dd>
      </dl>
    </Dialog>
  )
}
