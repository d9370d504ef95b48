import { Problem } from "../api/Problem.ts"
import type { MetricSeries, RunRequest } from "../api/wire.ts"
import { type LiveEvent, type LiveEvents, liveEvents, silence } from "./liveEvents.ts"

interface Api {
  readonly live: (request: RunRequest, signal: AbortSignal, lastEventId: string | undefined) => Promise<Response>
  readonly run: (request: RunRequest, signal: AbortSignal) => Promise<ReadonlyArray<MetricSeries>>
}

/** The choice is kept until the page is loaded again. */
export const choice = { isLive: true }

/** A stream whose first run has been read. */
export interface Begun {
  readonly events: LiveEvents
  readonly lastEventId: string | undefined
  readonly end: () => void
}

interface Waiting extends Begun {
  readonly api: Api
  readonly asked: string
}

const held: { waiting?: Waiting | undefined } = {}

/** A stream that nobody follows by then is ended, such as that of a report that was left. */
const unusedAfter = 5_000

const keep = (begun: Waiting) => {
  held.waiting?.end()
  held.waiting = begun
  setTimeout(() => {
    if (held.waiting !== begun) return
    held.waiting = undefined
    begun.end()
  }, unusedAfter)
}

/** Returns the stream that made the first picture, once. */
export const takeBegun = (api: Api, asked: string): Begun | undefined => {
  const { waiting } = held
  if (waiting?.api !== api || waiting.asked !== asked) return undefined
  held.waiting = undefined
  return waiting
}

/** A proxy may hold back events. If none has come by then, the run is asked for as JSON. */
const patience = 10_000

const isRefused = (error: unknown) =>
  !(error instanceof Problem) || error.status === 503 || error.code === "too_many_streams"

interface Pictured {
  readonly series: ReadonlyMap<string, MetricSeries>
  readonly lastEventId: string | undefined
}

/** Reads the events of the first run. Returns undefined if the stream ends before. */
const pictured = async (
  reader: ReadableStreamDefaultReader<LiveEvent>,
  onEvent: () => void,
  series: ReadonlyMap<string, MetricSeries> = new Map()
): Promise<Pictured | undefined> => {
  const { value } = await reader.read()
  if (value === undefined) return undefined
  onEvent()
  if (value.name === "ready") return { series, lastEventId: value.id }
  if (value.name !== "series") return pictured(reader, onEvent, series)
  const one: MetricSeries = JSON.parse(value.data)
  return pictured(reader, onEvent, new Map([...series, [one.instanceId, one]]))
}

/** Returns undefined if the stream was refused, or ended before it had all series. */
const streamed = async (api: Api, request: RunRequest, signal: AbortSignal) => {
  const ending = new AbortController()
  const end = () => ending.abort()
  signal.addEventListener("abort", end)
  let waiting = setTimeout(end, patience)
  const wait = () => {
    clearTimeout(waiting)
    waiting = setTimeout(end, silence)
  }
  try {
    const events = liveEvents(await api.live(request, ending.signal, undefined))
    const reader = events.getReader()
    const first = await pictured(reader, wait)
    const all = request.widgets.flatMap(({ instanceId }) => first?.series.get(instanceId) ?? [])
    if (first !== undefined && all.length === request.widgets.length) {
      reader.releaseLock()
      keep({ api, asked: JSON.stringify(request), events, lastEventId: first.lastEventId, end })
      return all
    }
  } catch (error) {
    if (signal.aborted || !isRefused(error)) throw error
  } finally {
    clearTimeout(waiting)
    signal.removeEventListener("abort", end)
  }
  end()
  return undefined
}

/** The stream is the run. Only where it is refused, the run is asked for as JSON. */
export const firstRun = async (
  api: Api,
  request: RunRequest,
  signal: AbortSignal
): Promise<ReadonlyArray<MetricSeries>> => await streamed(api, request, signal) ?? api.run(request, signal)
