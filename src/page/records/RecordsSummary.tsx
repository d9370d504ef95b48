import { numberFormat } from "../../presentation/numberFormat.ts"
import { namedPeopleIn } from "../../presentation/peopleCount.ts"
import { windowLabel } from "../../presentation/windowLabel.ts"
import { useOptions } from "../api/queries.ts"
import type { RecordsRequest, RecordsResponse } from "../api/wire.ts"
import { localization, t } from "../shell/messages.ts"
import { countName, isCount, numberName, shareName, type Totalled } from "./recordNumbers.ts"
import type { RecordsAsked } from "./RecordsAsked.ts"

const windowOf = (
  { at }: RecordsAsked["point"],
  { window }: RecordsResponse["meta"],
  { meta }: RecordsAsked["series"]
) =>
  windowLabel(
    at.period === "previous" && window !== undefined && meta.previousWindow !== undefined
      ? { ...window, ...meta.previousWindow }
      : window,
    localization()
  )

const whoseOf = ({ scope }: RecordsResponse["meta"], named: ReadonlyArray<string>): string =>
  scope.kind === "own" ? t.onlyYours() : namedPeopleIn(scope, named, localization())

interface RecordsSummaryProps {
  readonly asked: RecordsAsked
  readonly request: RecordsRequest
  readonly first: RecordsResponse
  readonly totals: Totalled | undefined
  readonly problem: string | undefined
  readonly isCounting: boolean
  readonly onAgain: () => void
}

export const RecordsSummary = (
  { asked, first: { meta, results }, isCounting, onAgain, problem, request, totals }: RecordsSummaryProps
) => {
  const { point, series } = asked
  const { assigneeIds = [] } = request
  const named = useOptions()?.people.filter(({ id }) => assigneeIds.includes(id)).map(({ name }) => name) ?? []
  const number = totals && numberName(totals)
  const count = totals && countName(totals.total, results[0]?.type)
  const parts = [
    totals === undefined || isCount(totals) ? undefined : shareName(totals) ?? count,
    point.at.bucket === undefined ? windowOf(point, meta, series) : undefined,
    whoseOf(meta, named)
  ]
  const shown = point.value === undefined ? undefined : numberFormat(series.meta, localization()).full(point.value)
  return (
    <div className="records-summary">
      <p className="records-number" aria-busy={totals === undefined && problem === undefined}>
        <strong>{totals === undefined ? problem ?? t.countingNow() : isCount(totals) ? count : number}</strong>
        <span className="muted">
          {parts.filter((part) => part !== undefined).join(" · ")}
        </span>
      </p>
      {problem !== undefined && (
        <p className="records-changed">
          <button type="button" onClick={onAgain}>{t.countAgain()}</button>
        </p>
      )}
      {!isCounting && totals !== undefined && shown !== undefined && shown !== number && totals.total > 0 && (
        <p className="records-changed" role="status">
          {t.cardShows({ shown })}
          <button type="button" onClick={onAgain}>{t.countAgain()}</button>
        </p>
      )}
    </div>
  )
}
