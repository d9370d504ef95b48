import { usePerson } from "../api/queries.ts"
import type { Options } from "../api/wire.ts"
import { timeframeName } from "../card/words.ts"
import { Icon } from "../shell/Icon.tsx"
import { Popover } from "../shell/Popover.tsx"
import { FilterFields, ofLeads } from "./FilterFields.tsx"
import { PeopleFields, peopleName } from "./PeopleFields.tsx"
import { TimeframeFields } from "./TimeframeFields.tsx"
import { countOf, type Defaults, queryOf, selectionOf, shownOf, type View } from "./View.ts"

interface ViewBarProps {
  readonly view: View
  readonly defaults: Defaults
  readonly options: Options | undefined
  readonly isEditing: boolean
  readonly onChange: (view: View) => void
  /** Successive changes of one kind are undone together. */
  readonly onDefaults: (defaults: Partial<Defaults>, kind: string) => void
}

export const ViewBar = (
  { defaults, isEditing, onChange, onDefaults, options, view }: ViewBarProps
) => {
  const person = usePerson()
  const { comparePrevious, filters, people, timeframe } = shownOf(view, defaults)
  const filterCount = countOf(filters)
  const kinds = [...ofLeads, ...Object.keys(filters)]
  return (
    <div className="view-bar" role="toolbar" aria-label="View">
      <Popover
        label={
          <>
            <Icon name="calendar" />
            {timeframeName(timeframe)}
          </>
        }
        className="chip-button"
        panelName="Timeframe"
      >
        <h2>{isEditing ? "Timeframe of the report" : "Timeframe"}</h2>
        <TimeframeFields
          value={timeframe}
          onChange={(next) =>
            isEditing ? onDefaults({ defaultTimeframe: next }, "timeframe") : onChange({ ...view, timeframe: next })}
        />
      </Popover>
      {person.role === "admin" && options !== undefined && (
        <Popover
          label={
            <>
              <Icon name="people" />
              {peopleName(people, options.people)}
            </>
          }
          className="chip-button"
          panelName="Whose numbers"
        >
          <h2>{isEditing ? "Whose numbers the report shows to admins" : "Whose numbers"}</h2>
          <PeopleFields
            people={options.people}
            value={people}
            me={person.userId}
            onChange={(next) =>
              isEditing
                ? onDefaults({ defaultPeople: selectionOf(next) }, "people")
                : onChange({ ...view, people: next })}
          />
        </Popover>
      )}
      {person.role === "member" && (
        <span className="chip-still" title="Members see what they own or are assigned to">
          <Icon name="people" />
          Your own numbers
        </span>
      )}
      {options !== undefined && (
        <Popover
          label={
            <>
              <Icon name="filter" />
              {filterCount === 0 ? "Filter" : `Filter: ${filterCount}`}
            </>
          }
          className={filterCount > 0 ? "chip-button active" : "chip-button"}
          panelName="Filters"
        >
          <h2>{isEditing ? "Filters of the report" : "Filter leads"}</h2>
          <FilterFields
            options={options}
            value={filters}
            kinds={kinds}
            onChange={(next) =>
              isEditing
                ? onDefaults({ defaultFilters: countOf(next) === 0 ? null : next }, "filters")
                : onChange({ ...view, filters: next })}
          />
        </Popover>
      )}
      {!isEditing && (
        <button
          type="button"
          className={comparePrevious ? "chip-button active" : "chip-button"}
          aria-pressed={comparePrevious}
          onClick={() => onChange({ ...view, comparePrevious: !comparePrevious })}
        >
          <Icon name="history" />
          Previous period
        </button>
      )}
      {queryOf(view) !== "" && (
        <button type="button" className="quiet" onClick={() => onChange({})}>
          Reset
        </button>
      )}
    </div>
  )
}
