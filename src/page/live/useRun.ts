import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useMemo } from "react"
import { useClient } from "../api/queries.ts"
import type { MetricSeries, RunRequest } from "../api/wire.ts"
import { choice, firstRun } from "./firstRun.ts"
import { orOld } from "./orOld.ts"

const noSeries: ReadonlyMap<string, MetricSeries> = new Map()

/** With `isFollowed`, the live stream is the run. */
export const useRun = (request: RunRequest | undefined, isFollowed = false) => {
  const { api } = useClient()
  const client = useQueryClient()
  const asked = JSON.stringify(request)
  const query = useQuery({
    queryKey: ["run", asked],
    queryFn: async ({ queryKey, signal }) => {
      if (request === undefined) return []
      // A hidden tab has no stream.
      const isLive = isFollowed && choice.isLive && !document.hidden
      const counted = await (isLive ? firstRun(api, request, signal) : api.run(request, signal))
      const before = new Map(
        client.getQueryData<ReadonlyArray<MetricSeries>>(queryKey)?.map((one) => [one.instanceId, one])
      )
      return counted.map((one) => orOld(before.get(one.instanceId), one))
    },
    enabled: request !== undefined,
    placeholderData: keepPreviousData
  })
  // After a failure, the cards do not change between nothing and the numbers of the view before with each try.
  const shown = query.isPlaceholderData && query.errorUpdateCount > 0 ? undefined : query.data
  const series = useMemo(
    () => shown === undefined ? noSeries : new Map(shown.map((one) => [one.instanceId, one])),
    [shown]
  )
  const asksForOthers = request?.everyone === true || (request?.assigneeIds ?? []).length > 0
  const hasOnlyOwn = !query.isPlaceholderData && asksForOthers &&
    query.data?.some(({ meta }) => meta?.scope.kind === "own") === true
  useEffect(() => {
    if (!hasOnlyOwn) return
    // The caller may no longer be an admin.
    void client.invalidateQueries({ queryKey: ["options"] })
    void client.invalidateQueries({ queryKey: ["catalog"] })
  }, [client, hasOnlyOwn])
  return { ...query, series }
}
