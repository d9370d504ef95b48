import { parentPort, workerData } from "node:worker_threads"
import { send } from "./Sender.ts"

/** Sends bad tokens in a worker thread, while the main thread sends the requests of the valid caller. */
const { aSecond, port, seconds, tokens }: {
  readonly port: number
  readonly aSecond: number
  readonly seconds: number
  readonly tokens: ReadonlyArray<string>
} = workerData

const path = "/crm-reports/catalog"
const sent = await send(
  (index) => ({ port, method: "GET", path, token: tokens[index % tokens.length] ?? "" }),
  aSecond,
  seconds
)
parentPort?.postMessage(sent, [])
