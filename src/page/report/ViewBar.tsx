import { usePerson } from "../api/queries.ts"
import type { Options, Timeframe } from "../api/wire.ts"
import { timeframeName } from "../card/words.ts"
import { Icon } from "../shell/Icon.tsx"
import { Popover } from "../shell/Popover.tsx"
import { FilterFields } from "./FilterFields.tsx"
import { PeopleFields, peopleName } from "./PeopleFields.tsx"
import { TimeframeFields } from "./TimeframeFields.tsx"
import { countOf, type View } from "./View.ts"

interface ViewBarProps {
  readonly view: View
  readonly timeframe: Timeframe
  readonly options: Options | undefined
  readonly onChange: (view: View) => void
  readonly isEditing: boolean
  readonly onDefaultTimeframe: (timeframe: Timeframe) => void
}

export const ViewBar = (
  { isEditing, onChange, onDefaultTimeframe, options, timeframe, view }: ViewBarProps
) => {
  const person = usePerson()
  const shown = isEditing ? timeframe : view.timeframe ?? timeframe
  const filterCount = countOf(view.filters)
  const isChanged = !isEditing && (view.timeframe !== undefined || view.people !== "everyone" || filterCount > 0)
  return (
    <div className="view-bar" role="toolbar" aria-label="View">
      <Popover
        label={
          <>
            <Icon name="calendar" />
            {timeframeName(shown)}
          </>
        }
        className="chip-button"
        panelName="Timeframe"
      >
        <h2>{isEditing ? "Timeframe of the report" : "Timeframe"}</h2>
        <TimeframeFields
          value={shown}
          onChange={(next) => isEditing ? onDefaultTimeframe(next) : onChange({ ...view, timeframe: next })}
        />
      </Popover>
      {person.role === "admin" && options !== undefined && (
        <Popover
          label={
            <>
              <Icon name="people" />
              {peopleName(view.people, options.people)}
            </>
          }
          className="chip-button"
          panelName="Whose numbers"
        >
          <h2>Whose numbers</h2>
          <PeopleFields
            people={options.people}
            value={view.people}
            me={person.userId}
            onChange={(people) => onChange({ ...view, people })}
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
          <h2>Filter leads</h2>
          <FilterFields options={options} value={view.filters} onChange={(filters) => onChange({ ...view, filters })} />
        </Popover>
      )}
      {isChanged && (
        <button
          type="button"
          className="quiet"
          onClick={() => onChange({ timeframe: undefined, people: "everyone", filters: {} })}
        >
          Reset
        </button>
      )}
    </div>
  )
}
