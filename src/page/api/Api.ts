import type { Session } from "../session/Session.ts"
import { locale } from "../shell/messages.ts"
import { type IdempotencyKeys, idempotencyKeys } from "./idempotencyKeys.ts"
import { isProblem, Problem, problemOf, reached, recordsIn } from "./Problem.ts"
import type {
  AuditList,
  CatalogEntry,
  CreatedSubscription,
  CreateReport,
  CreateSubscription,
  CreateTarget,
  Design,
  FreezeSchedule,
  Listed,
  MetricSeries,
  Options,
  Readers,
  RecordsRequest,
  RecordsResponse,
  Report,
  ReportHistory,
  ReportSummary,
  RunRequest,
  SetFreezeSchedule,
  ShareSnapshot,
  Snapshot,
  SnapshotComparison,
  SnapshotSummary,
  StageWeights,
  Subscription,
  Target,
  UpdateReport,
  UpdateSubscription,
  UpdateTarget,
  Versioned,
  VersionSummary,
  ViewRequest
} from "./wire.ts"

interface Sent {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  readonly body?: unknown
  readonly ifMatch?: string | undefined
  readonly idempotencyKey?: string
  readonly accept?: string
  readonly lastEventId?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Freeze extends ViewRequest {
  readonly title: string
}

const enough = 100

const ask = (
  path: string,
  token: string,
  { accept = "application/json", body, idempotencyKey, ifMatch, lastEventId, method = "GET", signal }: Sent
): Promise<Response> => {
  const headers = new Headers({ authorization: `Bearer ${token}`, accept, "accept-language": locale() })
  if (body !== undefined) headers.set("content-type", "application/json")
  if (ifMatch !== undefined) headers.set("if-match", ifMatch)
  if (lastEventId !== undefined) headers.set("last-event-id", lastEventId)
  if (idempotencyKey !== undefined) headers.set("idempotency-key", idempotencyKey)
  return reached(fetch(`/crm-reports${path}`, {
    method,
    headers,
    signal: signal ?? null,
    ...(body !== undefined && { body: JSON.stringify(body) })
  }))
}

export const apiOf = (session: Session) => {
  const send = async (path: string, sent: Sent = {}): Promise<Response> => {
    const first = await ask(path, await session.token(), sent)
    const response = first.status === 401 ? await ask(path, await session.renewed(), sent) : first
    if (!response.ok) throw await problemOf(response)
    return response
  }
  const read = async <A>(path: string, sent?: Sent): Promise<A> => reached((await send(path, sent)).json())
  const versioned = async <A>(path: string, sent?: Sent): Promise<Versioned<A>> => {
    const response = await send(path, sent)
    return { value: await reached(response.json()), etag: response.headers.get("etag") }
  }
  const every = async <A>(path: string, signal: AbortSignal, page = 1): Promise<Listed<A>> => {
    const { results, total } = await read<Listed<A>>(
      `${path}${path.includes("?") ? "&" : "?"}limit=${enough}&page=${page}`,
      { signal }
    )
    if (page * enough >= total) return { results, total }
    return { results: [...results, ...(await every<A>(path, signal, page + 1)).results], total }
  }
  // A draft is kept until it is saved, and so is its key.
  const ofDrafts = idempotencyKeys()
  const posted = <A>(
    path: string,
    body: unknown,
    keys: IdempotencyKeys,
    post: (path: string, sent: Sent) => Promise<A>
  ): Promise<A> =>
    keys(JSON.stringify([path, body]), (idempotencyKey) => post(path, { method: "POST", body, idempotencyKey }))
  return {
    catalog: (signal: AbortSignal) => read<{ readonly metrics: ReadonlyArray<CatalogEntry> }>("/catalog", { signal }),
    options: (signal: AbortSignal) => read<Options>("/options", { signal }),
    readers: (signal: AbortSignal) => read<Readers>("/readers", { signal }),
    run: async (body: RunRequest, signal: AbortSignal): Promise<ReadonlyArray<MetricSeries>> =>
      (await read<{ readonly results: ReadonlyArray<MetricSeries> }>("/metrics/run", { method: "POST", body, signal }))
        .results,
    live: (body: RunRequest, signal: AbortSignal, lastEventId: string | undefined) =>
      send("/metrics/run", { method: "POST", body, accept: "text/event-stream", signal, lastEventId }),
    records: async (body: RecordsRequest, signal: AbortSignal) =>
      recordsIn(await read<RecordsResponse>("/metrics/records", { method: "POST", body, signal })),
    design: (prompt: string, signal: AbortSignal) =>
      read<Design>("/design", { method: "POST", body: { prompt }, signal }),
    reports: (signal: AbortSignal) => every<ReportSummary>("", signal),
    report: (id: string, signal?: AbortSignal) => versioned<Report>(`/${id}`, { signal }),
    create: (body: CreateReport) => posted("", body, ofDrafts, versioned<Report>),
    update: (id: string, body: UpdateReport, ifMatch?: string) =>
      versioned<Report>(`/${id}`, { method: "PATCH", body, ifMatch }),
    versions: (id: string, signal: AbortSignal) => every<VersionSummary>(`/${id}/versions`, signal),
    /** Fails if the report has another version than `newest`. */
    restore: (id: string, version: number, newest: number) =>
      versioned<Report>(`/${id}/versions/${version}/restore`, { method: "POST", ifMatch: `"${newest}"` }),
    remove: async (id: string) => {
      await send(`/${id}`, { method: "DELETE" })
    },
    freeze: (id: string, body: Freeze, keys: IdempotencyKeys, signal: AbortSignal) =>
      posted(`/${id}/snapshots`, body, keys, (path, sent) => read<Snapshot>(path, { ...sent, signal })),
    snapshots: (id: string, signal: AbortSignal) => every<SnapshotSummary>(`/${id}/snapshots`, signal),
    snapshot: (id: string, signal: AbortSignal) => read<Snapshot>(`/snapshots/${id}`, { signal }),
    compare: (id: string, other: string, signal: AbortSignal) =>
      read<SnapshotComparison>(`/snapshots/${id}/compare?with=${encodeURIComponent(other)}`, { signal }),
    share: (id: string, body: ShareSnapshot) =>
      read<SnapshotSummary>(`/snapshots/${id}/share`, { method: "POST", body }),
    unshare: async (id: string) => {
      await send(`/snapshots/${id}/share`, { method: "DELETE" })
    },
    renew: (id: string) => read<Snapshot>(`/snapshots/${id}/renew`, { method: "POST" }),
    removeSnapshot: async (id: string) => {
      await send(`/snapshots/${id}`, { method: "DELETE" })
    },
    history: (id: string, instanceId: string, signal: AbortSignal) =>
      read<ReportHistory>(`/${id}/history?instanceId=${encodeURIComponent(instanceId)}`, { signal }),
    /** Returns null if the report has no schedule. */
    schedule: (id: string, signal: AbortSignal): Promise<FreezeSchedule | null> =>
      read<FreezeSchedule>(`/${id}/freezing`, { signal }).catch((error: unknown) => {
        if (isProblem(error, "freeze_schedule_not_found")) return null
        throw error
      }),
    setSchedule: (id: string, body: SetFreezeSchedule) =>
      read<FreezeSchedule>(`/${id}/freezing`, { method: "PUT", body }),
    removeSchedule: async (id: string) => {
      await send(`/${id}/freezing`, { method: "DELETE" })
    },
    subscriptions: (id: string, signal: AbortSignal) =>
      read<Pick<Listed<Subscription>, "results">>(`/${id}/subscriptions`, { signal }),
    subscribe: (id: string, body: CreateSubscription, keys: IdempotencyKeys) =>
      posted(`/${id}/subscriptions`, body, keys, read<CreatedSubscription>),
    updateSubscription: (id: string, body: UpdateSubscription) =>
      read<Subscription>(`/subscriptions/${id}`, { method: "PATCH", body }),
    testSubscription: async (id: string) => {
      await send(`/subscriptions/${id}/test`, { method: "POST" })
    },
    removeSubscription: async (id: string) => {
      await send(`/subscriptions/${id}`, { method: "DELETE" })
    },
    /** `query` begins with `&` unless it is empty. */
    audit: (query: string, signal: AbortSignal) => read<AuditList>(`/audit?${query.slice(1)}`, { signal }),
    targets: (metricId: string, signal: AbortSignal) =>
      every<Target>(`/targets?metricId=${encodeURIComponent(metricId)}`, signal),
    createTarget: (body: CreateTarget) => read<Target>("/targets", { method: "POST", body }),
    updateTarget: (id: string, body: UpdateTarget) => read<Target>(`/targets/${id}`, { method: "PATCH", body }),
    stageWeights: (signal?: AbortSignal) => read<StageWeights>("/settings/stage-weights", { signal }),
    setStageWeights: (body: StageWeights) => read<StageWeights>("/settings/stage-weights", { method: "PUT", body }),
    file: async (path: string, accept: string, body?: unknown): Promise<Blob> =>
      reached((await send(path, { accept, ...(body !== undefined && { method: "POST", body }) })).blob())
  }
}

export type Api = ReturnType<typeof apiOf>

/** Most 4xx errors would be the same after another attempt. */
export const isWorthRetrying = (error: unknown): boolean =>
  !(error instanceof Problem) || error.status === 0 || error.status >= 500 || error.status === 429
