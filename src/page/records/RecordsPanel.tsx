import { useIsFetching, useQueryClient } from "@tanstack/react-query"
import { useEffect, useMemo, useRef, useState } from "react"
import { sentence } from "../api/Problem.ts"
import { useCatalog, useLastingError } from "../api/queries.ts"
import type { MetricRecord, MetricSeries, RecordsRequest } from "../api/wire.ts"
import { useInLanguage } from "../card/useInLanguage.ts"
import type { Narrowing } from "../choosing/narrowing.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { Icon } from "../shell/Icon.tsx"
import { LoadMore } from "../shell/LoadMore.tsx"
import { locale, localization, t } from "../shell/messages.ts"
import { type Sort, sortedBy, withoutKey } from "../shell/sorting.ts"
import { ColumnsMenu } from "./ColumnsMenu.tsx"
import { keptOf } from "./hiddenColumns.ts"
import { type ShownColumn, shownColumns } from "./recordColumns.ts"
import { hasTotals, whole } from "./recordNumbers.ts"
import { askedNow, type RecordsAsked } from "./RecordsAsked.ts"
import { RecordsFiles } from "./RecordsFiles.tsx"
import { RecordsSummary } from "./RecordsSummary.tsx"
import { RecordsTable } from "./RecordsTable.tsx"
import { useHiddenColumns } from "./useHiddenColumns.ts"
import { largestPage, useRecords, useTotals } from "./useRecords.ts"

/** A sorted list is loaded up to this many records, in pages of the largest size. */
const mostSorted = 5_000

const noColumns: ReadonlyArray<ShownColumn> = []
const noRecords: ReadonlyArray<MetricRecord> = []

interface RecordsPanelProps {
  readonly clicked: RecordsAsked
  readonly series: MetricSeries | undefined
  readonly request: RecordsRequest
  readonly onNarrow: (narrowing: Narrowing) => void
  readonly onClose: () => void
}

export const RecordsPanel = ({ clicked, onClose, onNarrow, request, series: newest }: RecordsPanelProps) => {
  const client = useQueryClient()
  const catalog = useCatalog()
  const { narrowing, widget: { groupBy, metricId } } = clicked
  const series = useInLanguage(newest, catalog.get(metricId), groupBy)
  const asked = useMemo(() => askedNow(clicked, series), [clicked, series])
  const [sort, setSort] = useState<Sort | undefined>(undefined)
  const [drawn, setDrawn] = useState(largestPage)
  const list = useRecords(request, sort !== undefined)
  const { data, error, fetchNextPage, hasNextPage, isFetching, refetch } = list
  const lastError = useLastingError(list)
  const counted = useTotals(request)
  const countError = useLastingError(counted)
  const isRunning = useIsFetching({ queryKey: ["run"] }) > 0
  const totals = counted.data && !counted.data.error && hasTotals(counted.data) ? counted.data : undefined
  const [first] = data?.pages ?? []
  const records = useMemo(() => data?.pages.flatMap(({ results }) => results) ?? noRecords, [data])
  const columns = useMemo(() => first && shownColumns(first, records, catalog), [catalog, first, records]) ?? noColumns
  const sorted = useMemo(() => {
    const valueOf = columns.find(({ key }) => key === sort?.key)?.valueOf ?? (({ id }: MetricRecord) => id)
    return sortedBy(records, sort, valueOf, locale())
  }, [columns, records, sort])
  const isLoadingAll = sort !== undefined && hasNextPage && records.length < mostSorted && error === null
  useEffect(() => {
    if (isLoadingAll && !isFetching) void fetchNextPage()
  })
  const { hide, hidden } = useHiddenColumns(first?.results[0]?.type)
  const title = asked.point.label === "" ? asked.title : `${asked.title}: ${asked.point.label}`
  const problem = first?.error
    ? localization().t.fault(first.error)
    : lastError === null
    ? undefined
    : sentence(lastError)
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
  const [shown, total] = [whole(records.length), totals && whole(totals.total)]
  const sortedName = isLoadingAll ? t.sortLoading : hasNextPage ? t.sortedNewest : t.sortedAll
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
              {sort !== undefined
                ? sortedName({ shown })
                : hasNextPage
                ? total === undefined ? t.newestShown({ shown }) : t.newestShownOf({ shown, total })
                : t.allShown({ shown })}
            </span>
            <ColumnsMenu
              columns={columns}
              hidden={hidden}
              onHide={(key, isHidden) => {
                hide(key, isHidden)
                if (isHidden) setSort(withoutKey(sort, key))
              }}
            />
            <RecordsFiles
              request={hidden.length === 0 ? request : { ...request, columns: keptOf(first.columns, hidden) }}
              title={title}
            />
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
        <RecordsSummary
          asked={asked}
          request={request}
          first={first}
          totals={totals}
          problem={totals !== undefined || (counted.isPending && countError === null)
            ? undefined
            : t.totalNotAvailable()}
          isCounting={counted.isFetching || isRunning}
          onAgain={totals === undefined ? () => void counted.refetch() : countAgain}
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
      {isAny && (
        <RecordsTable
          title={title}
          columns={columns.filter(({ key }) => !hidden.includes(key))}
          records={sort === undefined ? sorted : sorted.slice(0, drawn)}
          sort={sort}
          onSort={setSort}
        />
      )}
      {isAny && (
        <LoadMore
          query={sort === undefined ? list : {
            hasNextPage: sorted.length > drawn,
            isFetchingNextPage: false,
            fetchNextPage: () => setDrawn(drawn + largestPage)
          }}
        />
      )}
    </Dialog>
  )
}
