import { isProblem } from "../api/Problem.ts"
import type { MetricSeries } from "../api/wire.ts"
import type { Begun } from "./firstRun.ts"
import { type LiveEvent, type LiveEvents, liveEvents, silence } from "./liveEvents.ts"

const firstPause = 1_000
const longestPause = 5_000
const pauseWhenTooMany = 30_000

interface Following {
  /** Is followed first, if it is there. */
  readonly begun: Begun | undefined
  readonly open: (signal: AbortSignal, lastEventId: string | undefined) => Promise<Response>
  readonly onSeries: (series: MetricSeries) => void
  readonly onOpen: () => void
  /** Called only after `onOpen`. The series were current until `heardAt`, because a lost connection is noticed late. */
  readonly onClose: (heardAt: number) => void
  /** Called after each attempt that did not open the stream. */
  readonly onRefused: () => void
}

/** After each failure, the next pause is longer. Call the returned function to end the stream. */
export const follow = ({ begun, onClose, onOpen, onRefused, onSeries, open }: Following) => {
  let pause = firstPause
  let end = () => {}
  let isOver = false
  let isOpen = false
  let heardAt = 0
  let readyAt = Infinity
  let hasExpired = false
  let lastEventId: string | undefined
  const hear = () => {
    heardAt = Date.now()
  }
  const read = ({ data, id, name }: LiveEvent) => {
    lastEventId = id ?? lastEventId
    if (name === "series") onSeries(JSON.parse(data))
    if (name === "expired") hasExpired = Date.now() - readyAt > firstPause
    if (name !== "ready") return
    isOpen = true
    onOpen()
    readyAt = Date.now()
    pause = firstPause
  }
  const close = () => {
    if (isOpen) onClose(heardAt)
    isOpen = false
  }
  const listen = async (opened: Promise<LiveEvents>) => {
    let timer = setTimeout(end, silence)
    const write = (event: LiveEvent) => {
      hear()
      clearTimeout(timer)
      timer = setTimeout(end, silence)
      if (!isOver) read(event)
    }
    await opened.then((events) => events.pipeTo(new WritableStream({ write }))).then(hear).catch((error: unknown) => {
      if (isProblem(error, "too_many_streams")) pause = pauseWhenTooMany
    })
    clearTimeout(timer)
    if (isOver) return
    if (hasExpired) return attempt()
    close()
    if (readyAt === Infinity) onRefused()
    next()
  }
  let waiting: ReturnType<typeof setTimeout> | undefined
  const next = () => {
    waiting = setTimeout(attempt, pause * (0.5 + Math.random()))
    pause = Math.min(pause * 2, longestPause)
  }
  const attempt = () => {
    const ending = new AbortController()
    end = () => ending.abort()
    readyAt = Infinity
    hasExpired = false
    void listen(open(ending.signal, lastEventId).then(liveEvents))
  }
  if (begun === undefined) next()
  else {
    end = begun.end
    hear()
    read({ id: begun.lastEventId, name: "ready", data: "" })
    void listen(Promise.resolve(begun.events))
  }
  return () => {
    isOver = true
    clearTimeout(waiting)
    end()
    close()
  }
}
