import { useId } from "react"
import { useOptions, usePerson } from "../api/queries.ts"
import type { FreezeSchedule, Report } from "../api/wire.ts"
import { filtersName, periodNames, timeframeName } from "../card/words.ts"
import { peopleName } from "../choosing/PeopleChooser.tsx"
import { shownOf, type View } from "../report/View.ts"
import { t } from "../shell/messages.ts"

export type Times = Pick<FreezeSchedule, "at" | "every">

interface TimesFieldsProps {
  readonly value: Times
  /** Default: the time zone of the organization. */
  readonly timeZone: string | undefined
  /** Default: the first day of the week of the organization. */
  readonly weekStart?: number | undefined
  /** Gets only what the person changed. */
  readonly onChange: (changed: Partial<Times>) => void
}

export const TimesFields = ({ onChange, timeZone, value, weekStart }: TimesFieldsProps) => {
  const id = useId()
  const options = useOptions()
  const zone = timeZone ?? options?.organization.timeZone
  const { at, every } = value
  const names = periodNames(weekStart ?? options?.organization.weekStart ?? 1)
  return (
    <>
      <label htmlFor={`${id}-every`}>{t.howOften()}</label>
      <select
        id={`${id}-every`}
        data-focus
        value={every}
        onChange={({ target }) => onChange({ every: names.find(([period]) => period === target.value)?.[0] ?? every })}
      >
        {names.map(([period, name]) => <option key={period} value={period}>{name}</option>)}
      </select>
      <label htmlFor={`${id}-at`}>{zone === undefined ? t.timeOfDay() : t.timeIn({ timeZone: zone })}</label>
      <input
        id={`${id}-at`}
        type="time"
        value={at}
        onChange={({ target }) => onChange({ at: target.value })}
      />
    </>
  )
}

interface ViewFactsProps {
  readonly report: Report
  readonly view: View
  /** Names the people whose records count for a member. */
  readonly own: string
}

/** Lists what a snapshot or a mail counts. */
export const ViewFacts = ({ own, report, view }: ViewFactsProps) => {
  const { role } = usePerson()
  const options = useOptions()
  const { comparePrevious, filters, people, timeframe } = shownOf(view, report)
  const filtered = filtersName(filters, options)
  return (
    <dl className="facts">
      <dt>{t.time()}</dt>
      <dd>{timeframeName(timeframe)}</dd>
      <dt>{t.whoseRecords()}</dt>
      <dd>{role === "admin" ? peopleName(people, options?.people ?? []) : own}</dd>
      {filtered !== "" && (
        <>
          <dt>{t.filters()}</dt>
          <dd>{filtered}</dd>
        </>
      )}
      {comparePrevious && (
        <>
          <dt>{t.comparedWith()}</dt>
          <dd>{t.periodBefore()}</dd>
        </>
      )}
    </dl>
  )
}
