import { PGlite } from "@electric-sql/pglite"
import { parentPort, workerData } from "node:worker_threads"
import { lockFile } from "./lockFile.ts"
import { takeMessages } from "./wireProtocol.ts"

/** PGlite has only one session, so the worker handles requests one after the other. */
export type Request =
  | { readonly _tag: "Bytes"; readonly client: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly _tag: "Left"; readonly client: number }
  | { readonly _tag: "Close" }

export type Response =
  | { readonly _tag: "Ready" }
  | { readonly _tag: "Bytes"; readonly client: number; readonly bytes: Uint8Array<ArrayBuffer> }

const dataDir: string = workerData.dataDir
const port = parentPort
const lock = await lockFile(`${dataDir}-lock.sqlite`)
const db = await PGlite.create({ dataDir })
const pending = new Map<number, Buffer>()

const send = (response: Response) => {
  port?.postMessage(response, response._tag === "Bytes" ? [response.bytes.buffer] : [])
}

const resetSession = async () => {
  await db.exec("ROLLBACK")
  await db.exec("DISCARD ALL")
  await db.exec("SET timezone TO 'UTC'")
  await db.exec("SET plan_cache_mode TO 'force_generic_plan'")
}

const receive = async (client: number, bytes: Uint8Array) => {
  const before = pending.get(client)
  const taken = takeMessages(Buffer.concat([before ?? Buffer.alloc(0), bytes]), before !== undefined)
  if (taken.isStarting) await resetSession()
  if (taken.isStarting || before !== undefined) pending.set(client, taken.rest)
  if (taken.messages.length > 0) {
    await db.execProtocolRawStream(new Uint8Array(taken.messages), {
      onRawData: (data) => send({ _tag: "Bytes", client, bytes: new Uint8Array(data) })
    })
  }
  if (taken.isTerminated) pending.delete(client)
}

const answer = async (request: Request) => {
  switch (request._tag) {
    case "Bytes":
      return receive(request.client, request.bytes)
    case "Left":
      pending.delete(request.client)
      return
    case "Close":
      await db.close()
      lock.close()
      port?.close()
      return
  }
}

let last: Promise<void> = Promise.resolve()
port?.on("message", (request: Request) => {
  last = last.then(() => answer(request))
})
send({ _tag: "Ready" })
