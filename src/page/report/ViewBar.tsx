import { type PropsWithChildren, type RefObject, useEffect, useRef, useState } from "react"
import { usePerson } from "../api/queries.ts"
import type { Options, Timeframe } from "../api/wire.ts"
import { presetNames, timeframeName } from "../card/words.ts"
import { FilterChoosers, ofLeads } from "../choosing/FilterChoosers.tsx"
import { PeopleChooser } from "../choosing/PeopleChooser.tsx"
import { copyLink } from "../finding/commands.ts"
import { useCommands } from "../finding/pageCommands.ts"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { focusStart, Popover } from "../shell/Popover.tsx"
import { useSaying } from "../shell/Toasts.tsx"
import { TimeframeFields, withPreset } from "./TimeframeFields.tsx"
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

/** The highest place of a bar that stays on the screen, in pixels. */
const highest = 14

/** Says whether the bar stays on the screen while its place has scrolled away. */
const useIsStuck = (bar: RefObject<HTMLElement | null>) => {
  const [isStuck, setStuck] = useState(false)
  // A browser that keeps the cards in place while the head becomes lower can move the bar by a part of a pixel.
  const edge = isStuck ? highest + 2 : highest
  useEffect(() => {
    const seen = new IntersectionObserver((entries) => {
      const last = entries.at(-1)
      setStuck(last !== undefined && last.intersectionRatio < 1 && last.boundingClientRect.top < edge)
    }, { rootMargin: `-${edge}px 9999px 9999px`, threshold: 1 })
    if (bar.current !== null) seen.observe(bar.current)
    return () => seen.disconnect()
  }, [bar, edge])
  return isStuck
}

/** The children are shown after the view. */
export const ViewBar = (
  { children, defaults, isEditing, onChange, onDefaults, options, view }: PropsWithChildren<ViewBarProps>
) => {
  const person = usePerson()
  const { say, warn } = useSaying()
  const { comparePrevious, filters, people, timeframe } = shownOf(view, defaults)
  const usual = shownOf({}, defaults)
  const bar = useRef<HTMLDivElement>(null)
  const isStuck = useIsStuck(bar)
  // On a phone, the bar scrolls across, and a control that is set comes to its start.
  useEffect(() => {
    bar.current?.scrollTo({ left: 0 })
  }, [view])
  const isNarrowed = queryOf(view) !== ""
  const compare = () => onChange({ ...view, comparePrevious: !comparePrevious })
  const reset = () => onChange({})
  const choose = (next: Timeframe) =>
    isEditing ? onDefaults({ defaultTimeframe: next }, "timeframe") : onChange({ ...view, timeframe: next })
  useCommands([
    ...(isEditing
      ? []
      : [{ label: t.previousPeriod(), words: t.findCompare(), icon: "compare", go: compare } as const]),
    ...(isNarrowed ? [{ label: t.reset(), words: t.findReset(), icon: "undo", go: reset } as const] : []),
    ...presetNames(false).filter(([preset]) => preset !== "custom").map(([preset, label]) => ({
      label,
      words: t.timeframe(),
      isOfMany: true,
      icon: "calendar",
      go: () => choose(withPreset(timeframe, preset))
    } as const))
  ])
  return (
    <div ref={bar} className={isStuck ? "report-bar stuck" : "report-bar"}>
      <div className="view-bar" role="toolbar" aria-label={t.view()}>
        <Popover
          label={
            <>
              <Icon name="calendar" />
              <span className="chip-text" title={timeframeName(timeframe)}>{timeframeName(timeframe)}</span>
            </>
          }
          className="chip-button"
          panelName={t.timeframe()}
          isWalked
        >
          {(close) => (
            <>
              <h2>{isEditing ? t.timeframeOfReport() : t.timeframe()}</h2>
              <TimeframeFields
                value={timeframe}
                onChange={choose}
                onDone={close}
              />
            </>
          )}
        </Popover>
        {person.role === "admin" && options !== undefined && (
          <PeopleChooser
            heading={isEditing ? t.peopleWhoseInReport() : t.peopleWhose()}
            people={options.people}
            value={people}
            usual={usual.people}
            me={person.userId}
            onChange={(next) =>
              isEditing
                ? onDefaults({ defaultPeople: selectionOf(next) }, "people")
                : onChange({ ...view, people: next })}
          />
        )}
        {person.role === "member" && (
          <span className="chip-still" title={t.membersSee()}>
            <Icon name="people" />
            <span className="chip-text">{t.yourOwnNumbers()}</span>
          </span>
        )}
        {options !== undefined && (
          <FilterChoosers
            options={options}
            value={filters}
            usual={isEditing ? {} : usual.filters}
            kinds={[...ofLeads, ...Object.keys(filters)]}
            onChange={(next) =>
              isEditing
                ? onDefaults({ defaultFilters: countOf(next) === 0 ? null : next }, "filters")
                : onChange({ ...view, filters: next })}
          />
        )}
        {!isEditing && (
          <button
            type="button"
            className={comparePrevious ? "chip-button active" : "chip-button"}
            aria-pressed={comparePrevious}
            onClick={compare}
          >
            <Icon name="compare" />
            <span className="chip-text" title={t.previousPeriod()}>{t.previousPeriod()}</span>
          </button>
        )}
        {!isEditing && (
          <button
            type="button"
            className="quiet square"
            aria-label={t.copyLink()}
            title={t.copyLink()}
            onClick={async () => {
              if (await copyLink()) say(t.linkCopied())
              else warn(t.linkNotCopied())
            }}
          >
            <Icon name="link" />
          </button>
        )}
        {/* The last place, so that it moves no other control when it appears. */}
        {isNarrowed && (
          <button
            type="button"
            className="quiet"
            onClick={({ currentTarget }) => {
              focusStart(currentTarget)
              reset()
            }}
          >
            {t.reset()}
          </button>
        )}
      </div>
      {children}
    </div>
  )
}
