import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import { numberFormat } from "../../presentation/numberFormat.ts"
import { windowLabel } from "../../presentation/windowLabel.ts"
import { sentence } from "../api/Problem.ts"
import { useClient } from "../api/queries.ts"
import type { RecordsRequest, RecordsResponse } from "../api/wire.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { countName, isCount, numberName, shareName } from "./recordNumbers.ts"
import type { RecordsAsked } from "./RecordsAsked.ts"
import { RecordsFiles } from "./RecordsFiles.tsx"
import { RecordsTable } from "./RecordsTable.tsx"

const useRecords = (request: RecordsRequest) => {
  const { api } = useClient()
  return useInfiniteQuery({
    queryKey: ["records", request],
    queryFn: ({ pageParam, signal }) =>
      api.records(pageParam === "" ? request : { ...request, cursor: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
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
      : window
  )

const whoseOf = ({ scope }: RecordsResponse["meta"]): string => {
  if (scope.kind === "own") return "Only yours"
  return scope.members === 1 ? "1 person" : `${scope.members} people`
}

const Summary = ({ asked, response }: { readonly asked: RecordsAsked; readonly response: RecordsResponse }) => {
  const client = useQueryClient()
  const { point, series } = asked
  const { meta, results, total } = response
  const number = numberName(response)
  const count = countName(total, results[0]?.type)
  const parts = [
    isCount(response) ? undefined : shareName(response) ?? count,
    point.at.bucket === undefined ? windowOf(point, meta, series) : undefined,
    whoseOf(meta)
  ]
  const shown = point.value === undefined ? undefined : numberFormat(series.meta).full(point.value)
  return (
    <div className="records-summary">
      <p className="records-number">
        <strong>{isCount(response) ? count : number}</strong>
        <span className="muted">
          {parts.filter((part) => part !== undefined).join(" · ")}
        </span>
      </p>
      {shown !== undefined && shown !== number && total > 0 && (
        <p className="records-changed" role="status">
          The card shows {shown}. Records have changed since it was counted.
          <button type="button" onClick={() => client.invalidateQueries({ queryKey: ["run"] })}>Count again</button>
        </p>
      )}
    </div>
  )
}

interface RecordsPanelProps {
  readonly asked: RecordsAsked
  readonly request: RecordsRequest
  readonly onClose: () => void
}

export const RecordsPanel = ({ asked, onClose, request }: RecordsPanelProps) => {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useRecords(request)
  const [first] = data?.pages ?? []
  const records = data?.pages.flatMap(({ results }) => results) ?? []
  const title = asked.point.label === "" ? asked.title : `${asked.title}: ${asked.point.label}`
  const problem = first?.error?.message ?? (error === null ? undefined : sentence(error))
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
              {hasNextPage ? `The newest ${records.length} of ${first.total}` : `All ${first.total} shown`}
            </span>
            <RecordsFiles request={request} title={title} />
          </>
        ) :
        undefined}
    >
      {first !== undefined && first.error === undefined && <Summary asked={asked} response={first} />}
      {problem !== undefined && (
        <p className="banner" role="alert">
          <span>{problem}</span>
          <button type="button" onClick={() => refetch()}>Try again</button>
        </p>
      )}
      {first === undefined && problem === undefined && (
        <div className="skeleton records-skeleton" role="status" aria-label="Loading the records" />
      )}
      {first !== undefined && problem === undefined && records.length === 0 && (
        <p className="muted centered records-none">There are no records behind this number.</p>
      )}
      {isAny && <RecordsTable title={title} response={first} records={records} />}
      {isAny && hasNextPage && (
        <button
          type="button"
          className="records-more"
          disabled={isFetchingNextPage}
          onClick={() => fetchNextPage()}
        >
          {isFetchingNextPage ? "Loading…" : "Load more"}
        </button>
      )}
    </Dialog>
  )
}
