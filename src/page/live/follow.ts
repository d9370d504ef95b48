import { isProblem } from "../api/Problem.ts"
import type { MetricSeries } from "../api/wire.ts"

const firstPause = 1_000
const longestPause = 5_000
const pauseWhenTooMany = 30_000
/** The service sends a comment after 15 quiet seconds, so a longer silence means a dead connection. */
const silence = 40_000

interface Following {
  readonly open: (signal: AbortSignal, lastEventId: string | undefined) => Promise<Response>
  readonly onSeries: (series: MetricSeries) => void
  readonly onOpen: (isOpen: boolean) => void
  /** Called after each attempt that did not open the stream. */
  readonly onRefused: () => void
}

/** After each failure, the next pause is longer. Call the returned function to end the stream. */
export const follow = ({ onOpen, onRefused, onSeries, open }: Following) => {
  let pause = firstPause
  let ending = new AbortController()
  let isOver = false
  let readyAt = Infinity
  let hasExpired = false
  let lastEventId: string | undefined
  const read = (text: string) => {
    const [, id, name, data] = /^(?:id: (.+)\n)?event: (.+)\ndata: (.+)/.exec(text) ?? []
    lastEventId = id ?? lastEventId
    if (name === "series") onSeries(JSON.parse(data ?? ""))
    if (name === "expired") hasExpired = Date.now() - readyAt > firstPause
    if (name !== "ready") return
    onOpen(true)
    readyAt = Date.now()
    pause = firstPause
  }
  const attempt = () => {
    ending = new AbortController()
    readyAt = Infinity
    hasExpired = false
    const { signal } = ending
    const end = () => ending.abort()
    let timer = setTimeout(end, silence)
    let text = ""
    const write = (chunk: string) => {
      clearTimeout(timer)
      timer = setTimeout(end, silence)
      const events = (text + chunk).split("\n\n")
      text = events.pop() ?? ""
      events.forEach(read)
    }
    open(signal, lastEventId)
      .then(({ body }) => body?.pipeThrough(new TextDecoderStream()).pipeTo(new WritableStream({ write }), { signal }))
      .catch((error: unknown) => {
        if (isProblem(error, "too_many_streams")) pause = pauseWhenTooMany
      })
      .finally(() => {
        clearTimeout(timer)
        if (hasExpired && !isOver) return attempt()
        if (readyAt === Infinity && !isOver) onRefused()
        else onOpen(false)
        next()
      })
  }
  let waiting: ReturnType<typeof setTimeout>
  const next = () => {
    if (isOver) return
    waiting = setTimeout(attempt, pause * (0.5 + Math.random()))
    pause = Math.min(pause * 2, longestPause)
  }
  next()
  return () => {
    isOver = true
    clearTimeout(waiting)
    ending.abort()
  }
}
