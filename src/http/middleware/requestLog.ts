import { Effect } from "effect"
import { throttledWarning } from "../../telemetry/throttledWarning.ts"

/** A failing database must not fill the disk with log lines. */
const linesPerSecond = 100

/** A line costs more CPU time than the refusal, and refusals come in thousands. */
const refusalsPerSecond = 10

interface Response {
  readonly status: number
  readonly nanos: bigint
}

/** Logs a request that was slow or failed. */
export const requestLog = (slowNanos: bigint) => {
  const message = "a request was slow or failed"
  const log = throttledWarning(message, linesPerSecond)
  const logRefusal = throttledWarning(message, refusalsPerSecond)
  return ({ nanos, status }: Response, annotations: () => Readonly<Record<string, unknown>>) => {
    const isSlow = nanos >= slowNanos
    const isSlowClient = status === 408
    if (isSlowClient || (!isSlow && status < 500)) return Effect.void
    const logged = !isSlow && status === 503 ? logRefusal : log
    return logged({ ...annotations(), status, millis: Math.round(Number(nanos) / 1e6) })
  }
}
