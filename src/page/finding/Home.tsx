import { useEffect, useState } from "react"
import { useCatalogQuery, useLastingError, usePerson, useReport, useReports } from "../api/queries.ts"
import { lazyPart } from "../shell/LazyPart.tsx"
import { replaceAddress, reportAddress } from "../shell/route.ts"
import { NotFound, PageSkeleton } from "../shell/states.tsx"
import { inOwnOrder } from "./Kept.ts"
import { useKept } from "./useKept.ts"

export const NewReport = lazyPart(async () => (await import("../report/NewReport.tsx")).NewReport)

/** The catalog of a member lacks the metrics that only admins may use. Undefined while it is not known. */
const showsNumbers = (report: ReturnType<typeof useReport>, catalog: ReturnType<typeof useCatalogQuery>) => {
  if (report.isError || catalog.isError) return true
  if (report.data === undefined || catalog.data === undefined) return undefined
  const usable = new Set(catalog.data.metrics.map(({ id }) => id))
  const { widgets } = report.data.value.layout
  return widgets.length === 0 || widgets.some(({ metricId }) => usable.has(metricId))
}

/** Is shown while there is no report to show: the list is not read yet, cannot be read, or is empty. */
export const NoReport = ({ reports }: { readonly reports: ReturnType<typeof useReports> }) => {
  const { data, refetch } = reports
  const error = useLastingError(reports)
  if (error !== null) return <NotFound problem={error} onRetry={() => refetch()} />
  return data?.results.length === 0 ? <NewReport /> : <PageSkeleton />
}

/** The first report of the person's own order, except reports of which only admins get numbers. */
export const Home = () => {
  const reports = useReports()
  const { data } = reports
  const { kept } = useKept()
  const isMember = usePerson().role === "member"
  const [passed, pass] = useState(0)
  const ordered = data && inOwnOrder(data.results, kept)
  const first = ordered?.[passed % ordered.length]
  const catalog = useCatalogQuery()
  const report = useReport(isMember ? first?.id : undefined)
  const shows = isMember ? showsNumbers(report, catalog) : true
  useEffect(() => {
    if (first === undefined || shows === undefined) return
    if (shows || passed === ordered?.length) replaceAddress(reportAddress(first.id))
    else pass(passed + 1)
  }, [first, ordered?.length, passed, shows])
  return <NoReport reports={reports} />
}
