import { useId } from "react"
import { readableFilters } from "../../presentation/filterNames.ts"
import type { CatalogEntry, Options, Timeframe, Widget } from "../api/wire.ts"
import { chartNames } from "../card/words.ts"
import { FilterChoosers } from "../choosing/FilterChoosers.tsx"
import { TimeframeFields } from "../report/TimeframeFields.tsx"
import { t } from "../shell/messages.ts"

interface WidgetFieldsProps {
  readonly widget: Widget
  readonly metric: CatalogEntry
  readonly options: Options
  readonly onChange: (widget: Widget) => void
}

export const usualTimeframe = ({ countsAhead }: CatalogEntry): Timeframe =>
  countsAhead ? { preset: "next_90d", bucket: "month" } : { preset: "last_30d", bucket: "day" }

const without = (widget: Widget, key: "title" | "groupBy" | "timeframe" | "filters" | "target" | "table"): Widget => {
  const { [key]: _removed, ...rest } = widget
  return rest
}

export const WidgetFields = ({ metric, onChange, options, widget }: WidgetFieldsProps) => {
  const id = useId()
  const filters = readableFilters(widget.filters)
  return (
    <div className="fields">
      <label htmlFor={`${id}-title`}>{t.title()}</label>
      <input
        id={`${id}-title`}
        value={widget.title ?? ""}
        placeholder={metric.label}
        maxLength={200}
        onChange={({ target }) =>
          onChange(target.value === "" ? without(widget, "title") : { ...widget, title: target.value })}
      />
      {metric.charts.length > 1 && (
        <div className="segments" role="group" aria-label={t.chart()}>
          {metric.charts.map((chart) => (
            <button
              key={chart}
              type="button"
              aria-pressed={widget.chart === chart}
              onClick={() => onChange({ ...widget, chart })}
            >
              {chartNames()[chart] ?? chart}
            </button>
          ))}
        </div>
      )}
      {metric.groupBys.length > 0 && (
        <>
          <label htmlFor={`${id}-group`}>{t.splitBy()}</label>
          <select
            id={`${id}-group`}
            value={widget.groupBy ?? ""}
            onChange={({ target }) =>
              onChange(target.value === "" ? without(widget, "groupBy") : { ...widget, groupBy: target.value })}
          >
            <option value="">{t.nothing()}</option>
            {metric.dimensions.map(({ key, label }) => <option key={key} value={key}>{label}</option>)}
          </select>
        </>
      )}
      {metric.within !== null && (
        <>
          <label htmlFor={`${id}-within`}>{t.clientWithin()}</label>
          <select
            id={`${id}-within`}
            value={widget.within ?? metric.within.usual}
            onChange={({ target }) => onChange({ ...widget, within: Number(target.value) })}
          >
            {metric.within.choices.map((days) => <option key={days} value={days}>{t.daysAfterEntry({ days })}</option>)}
          </select>
        </>
      )}
      {metric.takesTimeframe && (
        <label className="check">
          <input
            type="checkbox"
            checked={widget.timeframe !== undefined}
            onChange={({ target }) =>
              onChange(
                target.checked
                  ? { ...widget, timeframe: usualTimeframe(metric) }
                  : without(widget, "timeframe")
              )}
          />
          <span>{t.ownTimeframe()}</span>
        </label>
      )}
      {metric.takesTimeframe && metric.shape !== "category" && (
        <label className="check">
          <input
            type="checkbox"
            checked={widget.target === true}
            onChange={({ target }) =>
              onChange(target.checked ? { ...widget, target: true } : without(widget, "target"))}
          />
          <span>{t.comparedWithTarget()}</span>
        </label>
      )}
      {metric.shape === "leaderboard" && (
        <>
          <label htmlFor={`${id}-table`}>{t.tableOfPeople()}</label>
          <input
            id={`${id}-table`}
            value={widget.table ?? ""}
            maxLength={200}
            aria-describedby={`${id}-explained`}
            onChange={({ target }) =>
              onChange(target.value === "" ? without(widget, "table") : { ...widget, table: target.value })}
          />
          <p id={`${id}-explained`} className="muted">{t.tableOfPeopleExplained()}</p>
        </>
      )}
      {metric.takesTimeframe && widget.timeframe !== undefined && (
        <TimeframeFields
          value={widget.timeframe}
          isAhead={metric.countsAhead}
          onChange={(timeframe) => onChange({ ...widget, timeframe })}
        />
      )}
      {metric.filters.length > 0 && (
        <fieldset className="chips">
          <legend>{t.filtersOfCard()}</legend>
          <FilterChoosers
            options={options}
            value={filters}
            kinds={metric.filters}
            onChange={(next) =>
              onChange(Object.keys(next).length === 0 ? without(widget, "filters") : { ...widget, filters: next })}
          />
        </fieldset>
      )}
    </div>
  )
}
