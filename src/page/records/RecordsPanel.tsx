import { useInfiniteQuery, useIsFetching, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useMemo, useRef } from "react"
import { numberFormat } from "../../presentation/numberFormat.ts"
import { peopleIn } from "../../presentation/peopleCount.ts"
import { windowLabel } from "../../presentation/windowLabel.ts"
import { sentence } from "../api/Problem.ts"
import { useClient, whileFailing } from "../api/queries.ts"
import type { MetricSeries, RecordsRequest, RecordsResponse } from "../api/wire.ts"
import type { Narrowing } from "../choosing/narrowing.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { Icon } from "../shell/Icon.tsx"
import { LoadMore } from "../shell/LoadMore.tsx"
import { localization, t } from "../shell/messages.ts"
import { countName, hasTotals, isCount, numberName, shareName, type Totalled } from "./recordNumbers.ts"
import { askedNow, type RecordsAsked } from "./RecordsAsked.ts"
import { RecordsFiles } from "./RecordsFiles.tsx"
import { RecordsTable } from "./RecordsTable.tsx"

const useRecords = (request: RecordsRequest) => {
  const { api } = useClient()
  return useInfiniteQuery({
    queryKey: ["records", request],
    queryFn: ({ pageParam, signal }) =>
      api.records({ ...request, ...(pageParam === "" ? { part: "records" } : { cursor: pageParam }) }, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    // If a later page fails, the person asks for it again, because all pages would be read again.
    refetchInterval: (query) => query.state.data === undefined && whileFailing(query),
    gcTime: 0
  })
}

/** Counting all records takes longer than reading the newest, so the totals are a second request. */
const useTotals = (request: RecordsRequest) => {
  const { api } = useClient()
  return useQuery({
    queryKey: ["record totals", request],
    queryFn: ({ signal }) => api.records({ ...request, part: "totals" }, signal),
    gcTime: 0
  })
}

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

const whoseOf = ({ scope }: RecordsResponse["meta"]): string =>
  scope.kind === "own" ? t.onlyYours() : peopleIn(scope, localization())

interface SummaryProps {
  readonly asked: RecordsAsked
  readonly first: RecordsResponse
  readonly totals: Totalled | undefined
  readonly problem: string | undefined
  readonly isCounting: boolean
  readonly onAgain: () => void
}

const Summary = ({ asked, first: { meta, results }, isCounting, onAgain, problem, totals }: SummaryProps) => {
  const { point, series } = asked
  const number = totals && numberName(totals)
  const count = totals && countName(totals.total, results[0]?.type)
  const parts = [
    totals === undefined || isCount(totals) ? undefined : shareName(totals) ?? count,
    point.at.bucket === undefined ? windowOf(point, meta, series) : undefined,
    whoseOf(meta)
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
      {!isCounting && totals !== undefined && shown !== undefined && shown !== number && totals.total > 0 && (
        <p className="records-changed" role="status">
          {t.cardShows({ shown })}
          <button type="button" onClick={onAgain}>{t.countAgain()}</button>
        </p>
      )}
    </div>
  )
}

interface RecordsPanelProps {
  readonly clicked: RecordsAsked
  readonly series: MetricSeries | undefined
  readonly request: RecordsRequest
  readonly onNarrow: (narrowing: Narrowing) => void
  readonly onClose: () => void
}

export const RecordsPanel = ({ clicked, onClose, onNarrow, request, series }: RecordsPanelProps) => {
  const client = useQueryClient()
  const asked = useMemo(() => askedNow(clicked, series), [clicked, series])
  const { narrowing } = clicked
  const { data, error, fetchNextPage, hasNextPage, isFetching, isFetchingNextPage, refetch } = useRecords(request)
  const counted = useTotals(request)
  const isRunning = useIsFetching({ queryKey: ["run"] }) > 0
  const totals = counted.data !== undefined && hasTotals(counted.data) && counted.data.error === undefined
    ? counted.data
    : undefined
  const [first] = data?.pages ?? []
  const records = data?.pages.flatMap(({ results }) => results) ?? []
  const title = asked.point.label === "" ? asked.title : `${asked.title}: ${asked.point.label}`
  const fault = first?.error && localization().t.fault(first.error)
  const problem = fault ?? (error === null ? undefined : sentence(error))
  const uncounted = counted.isPending || totals !== undefined ? undefined : t.totalNotAvailable()
  const tryAgain = () => {
    void refetch()
    void counted.refetch()
  }
  const shownValue = useRef(asked.point.value)
  useEffect(() => {
    // Requests that each change of the number cancelled might never end.
    if (isFetching || counted.isFetching || shownValue.current === asked.point.value) return
    shownValue.current = asked.point.value
    tryAgain()
  })
  const countAgain = () => {
    void client.invalidateQueries({ queryKey: ["run"] })
    tryAgain()
  }
  const shown = `${records.length}`
  const isAny = first !== undefined && first.error === undefined && records.length > 0
  return (
    <Dialog
      title={title}
      size="drawer"
      onClose={onClose}
      footer={isAny ?
        (
          <>
            <span className="muted spacer" role="status">
              {hasNextPage
                ? totals === undefined ? t.newestShown({ shown }) : t.newestShownOf({ shown, total: `${totals.total}` })
                : t.allShown({ shown })}
            </span>
            <RecordsFiles request={request} title={title} />
          </>
        ) :
        undefined}
    >
      {narrowing !== undefined && (
        <button
          type="button"
          className="records-only"
          onClick={() => {
            onClose()
            onNarrow(narrowing)
          }}
        >
          <Icon name="filter" />
          {t.narrowTo({ label: narrowing.label })}
        </button>
      )}
      {first !== undefined && first.error === undefined && (
        <Summary
          asked={asked}
          first={first}
          totals={totals}
          problem={uncounted}
          isCounting={counted.isFetching || isRunning}
          onAgain={countAgain}
        />
      )}
      {problem !== undefined && (
        <p className="banner" role="alert">
          <span>{problem}</span>
          <button type="button" onClick={tryAgain}>{t.tryAgain()}</button>
        </p>
      )}
      {first === undefined && problem === undefined && (
        <div className="skeleton records-skeleton" role="status" aria-label={t.loadingRecords()} />
      )}
      {first !== undefined && problem === undefined && records.length === 0 && (
        <p className="muted centered records-none">{t.noRecordsBehind()}</p>
      )}
      {isAny && <RecordsTable title={title} response={first} records={records} />}
      {isAny && <LoadMore query={{ fetchNextPage, hasNextPage, isFetchingNextPage }} />}
    </Dialog>
  )
}
