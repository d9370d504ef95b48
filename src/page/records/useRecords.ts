import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useClient, whileFailing, whileFirstFails } from "../api/queries.ts"
import type { RecordsRequest } from "../api/wire.ts"

export const largestPage = 200

export const useRecords = (request: RecordsRequest, isWhole: boolean) => {
  const { api } = useClient()
  return useInfiniteQuery({
    queryKey: ["records", request],
    queryFn: ({ pageParam, signal }) =>
      api.records({
        ...request,
        ...(isWhole && { limit: largestPage }),
        ...(pageParam === "" ? { part: "records" } : { cursor: pageParam })
      }, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    refetchInterval: whileFirstFails,
    gcTime: 0
  })
}

/** Counting all records takes longer than reading the newest, so the totals are a second request. */
export const useTotals = (request: RecordsRequest) => {
  const { api } = useClient()
  return useQuery({
    queryKey: ["record totals", request],
    queryFn: ({ signal }) => api.records({ ...request, part: "totals" }, signal),
    refetchInterval: whileFailing,
    gcTime: 0
  })
}
