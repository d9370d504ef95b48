import { useQuery } from "@tanstack/react-query"
import { useClient, useLastingError, whileFailing } from "../api/queries.ts"
import { retryMillis } from "../shell/untilLoaded.ts"

/** While a test waits, its result is asked for. */
export const useSubscriptions = (reportId: string) => {
  const { api } = useClient()
  const query = useQuery({
    queryKey: ["subscriptions", reportId],
    queryFn: ({ signal }) => api.subscriptions(reportId, signal),
    refetchInterval: (query) =>
      whileFailing(query) ||
      (query.state.data?.results.some(({ lastTest }) => lastTest?.state === "waiting") === true && retryMillis)
  })
  return { data: query.data, error: useLastingError(query) }
}
