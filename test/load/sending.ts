import { Effect } from "effect"
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads"
import { type Call, send, sendInTurn, type Sent } from "./Sender.ts"

/** With `aSecond`, requests are sent at fixed times. Otherwise, a connection sends a request after each response. */
interface Load {
  readonly calls: ReadonlyArray<Call>
  readonly seconds: number
  readonly aSecond?: number
  readonly connections?: number
}

const only: Call = { port: 0, method: "GET", path: "/", token: "" }

const sent = ({ aSecond, calls, connections, seconds }: Load) => {
  const callAt = (index: number) => calls[index % calls.length] ?? only
  return aSecond === undefined ? sendInTurn(callAt, connections ?? 1, seconds) : send(callAt, aSecond, seconds)
}

/** Sends the requests in another thread, so that this load does not delay what the main thread measures. */
export const sending = (load: Load) =>
  Effect.callback<Sent>((resume) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: load })
    worker.once("message", (heard: Sent) => resume(Effect.succeed(heard)))
    worker.once("error", (error) => resume(Effect.die(error)))
    return Effect.promise(() => worker.terminate())
  })

if (!isMainThread) {
  const load: Load = workerData
  parentPort?.postMessage(await sent(load), [])
}
