import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query"
import { createContext, useCallback, useContext, useMemo, useState, useSyncExternalStore } from "react"
import type { Person } from "../session/Session.ts"
import { locale, setTimeZone } from "../shell/messages.ts"
import { retryMillis } from "../shell/untilLoaded.ts"
import { type Api, isWorthRetrying } from "./Api.ts"
import { leaving, onLeaving, staying } from "./leaving.ts"
import { roleNow } from "./roleNow.ts"
import type { CatalogEntry, Listed, Options } from "./wire.ts"

interface Client {
  readonly api: Api
  readonly person: Person
}

export const ClientContext = createContext<Client | undefined>(undefined)

export const useClient = (): Client => {
  const client = useContext(ClientContext)
  if (client === undefined) throw new Error("Nobody is signed in here.")
  return client
}

const tenMinutes = 600_000
const minute = 60_000
const noMetrics: ReadonlyMap<string, CatalogEntry> = new Map()

/** A failed query first tries twice more within a second. Then it tries again after each pause, until it succeeds. */
export const whileFailing = ({ state: { error } }: { readonly state: { readonly error: Error | null } }) =>
  error !== null && isWorthRetrying(error) ? retryMillis : false

/** If a later page of a list fails, the person asks for it again, because all pages would be read again. */
export const whileFirstFails = (
  query: Parameters<typeof whileFailing>[0] & { readonly state: { readonly data: unknown } }
) => query.state.data === undefined && whileFailing(query)

export const useCatalogQuery = () => {
  const { api } = useClient()
  return useQuery({
    queryKey: ["catalog", locale()],
    queryFn: ({ signal }) => api.catalog(signal),
    placeholderData: keepPreviousData,
    staleTime: tenMinutes
  })
}

export const useCatalog = (): ReadonlyMap<string, CatalogEntry> => {
  const { data } = useCatalogQuery()
  return useMemo(() => data === undefined ? noMetrics : new Map(data.metrics.map((metric) => [metric.id, metric])), [
    data
  ])
}

const useOptionsQuery = () => {
  const { api } = useClient()
  return useQuery({
    queryKey: ["options"],
    queryFn: async ({ signal }) => {
      const options = await api.options(signal)
      setTimeZone(options.organization.timeZone)
      return options
    },
    staleTime: tenMinutes
  })
}

export const useOptions = (): Options | undefined => useOptionsQuery().data

/** Returns false until the catalog and the options are read or have failed once, so that charts are not drawn twice. */
export const useIsReadable = (): boolean => {
  const [catalog, options] = [useCatalogQuery(), useOptionsQuery()]
  return [catalog, options].every(({ data, failureCount }) => data !== undefined || failureCount > 0)
}

export const useReaders = () => {
  const { api } = useClient()
  return useQuery({ queryKey: ["readers"], queryFn: ({ signal }) => api.readers(signal), staleTime: tenMinutes })
}

export const usePerson = (): Person => {
  const { person } = useClient()
  const role = roleNow(person, useOptions())
  return useMemo(() => ({ ...person, role }), [person, role])
}

const useStaying = () => {
  const ids = useSyncExternalStore(onLeaving, leaving)
  return useCallback(<A extends { readonly id: string }>(all: Listed<A>) => staying(all, ids), [ids])
}

export const useReports = () => {
  const { api } = useClient()
  return useQuery({ queryKey: ["reports"], queryFn: ({ signal }) => api.reports(signal), select: useStaying() })
}

export const useReport = (id: string | undefined) => {
  const { api } = useClient()
  return useQuery({
    queryKey: ["report", id],
    queryFn: ({ signal }) => api.report(id ?? "", signal),
    enabled: id !== undefined,
    refetchInterval: (query) => whileFailing(query) || minute
  })
}

export const useSnapshots = (reportId: string) => {
  const { api } = useClient()
  return useQuery({
    queryKey: ["snapshots", reportId],
    queryFn: ({ signal }) => api.snapshots(reportId, signal),
    select: useStaying()
  })
}

export const useVersions = (reportId: string) => {
  const { api } = useClient()
  return useQuery({ queryKey: ["versions", reportId], queryFn: ({ signal }) => api.versions(reportId, signal) })
}

export const useSnapshot = (id: string) => {
  const { api } = useClient()
  return useQuery({
    queryKey: ["snapshot", id],
    queryFn: ({ signal }) => api.snapshot(id, signal),
    staleTime: tenMinutes
  })
}

/** `other` is the id of a snapshot, or `live` for the numbers of now. */
export const useComparison = (id: string, other: string) => {
  const { api } = useClient()
  return useQuery({
    queryKey: ["comparison", id, other],
    queryFn: ({ signal }) => api.compare(id, other, signal)
  })
}

export const useSchedule = (reportId: string) => {
  const { api } = useClient()
  return useQuery({ queryKey: ["schedule", reportId], queryFn: ({ signal }) => api.schedule(reportId, signal) })
}

export const useHistory = (reportId: string, instanceId: string) => {
  const { api } = useClient()
  return useQuery({
    queryKey: ["history", reportId, instanceId],
    queryFn: ({ signal }) => api.history(reportId, instanceId, signal)
  })
}

export const useTargets = (metricId: string) => {
  const { api } = useClient()
  return useQuery({ queryKey: ["targets", metricId], queryFn: ({ signal }) => api.targets(metricId, signal) })
}

export const useStageWeights = () => {
  const { api } = useClient()
  return useQuery({ queryKey: ["weights"], queryFn: ({ signal }) => api.stageWeights(signal) })
}

interface Asked {
  readonly data: unknown
  readonly error: Error | null
  readonly errorUpdateCount: number
  readonly isPlaceholderData: boolean
}

/** While a failed query without data of its own tries again, TanStack Query has no error. The page still shows the last one. */
export const useLastingError = ({ data, error, errorUpdateCount, isPlaceholderData }: Asked): Error | null => {
  const [last, keep] = useState(error)
  const shown = error ?? ((data === undefined || isPlaceholderData) && errorUpdateCount > 0 ? last : null)
  if (shown !== last) keep(shown)
  return shown
}

export const useRefresh = () => {
  const client = useQueryClient()
  return useMemo(() => ({
    reports: () => client.invalidateQueries({ queryKey: ["reports"] }),
    report: (id: string) => client.invalidateQueries({ queryKey: ["report", id] }),
    versions: (id: string) => client.invalidateQueries({ queryKey: ["versions", id] }),
    /** Also reads numbers again whose table is not shown at the moment. */
    targets: (metricId: string) => client.invalidateQueries({ queryKey: ["targets", metricId], refetchType: "all" }),
    stageWeights: () => client.invalidateQueries({ queryKey: ["weights"], refetchType: "all" }),
    runs: () => client.invalidateQueries({ queryKey: ["run"] }),
    schedule: (id: string) => client.invalidateQueries({ queryKey: ["schedule", id] }),
    subscriptions: (id: string) => client.invalidateQueries({ queryKey: ["subscriptions", id] }),
    snapshots: (id: string) => client.invalidateQueries({ queryKey: ["snapshots", id] }),
    snapshot: (id: string) => client.invalidateQueries({ queryKey: ["snapshot", id] }),
    /** Without this, the page would show the deleted report or snapshot from its cache. */
    deleted: (kind: "report" | "snapshot", id: string) => client.resetQueries({ queryKey: [kind, id] })
  }), [client])
}
