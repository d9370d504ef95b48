import { setPriority } from "node:os"
import { parentPort } from "node:worker_threads"
import type { DocumentFormat } from "../domain/DocumentFormat.ts"
import type { Document } from "./Document.ts"
import { render } from "./render.ts"

/** Makes files beside the event loop, one after the other. */
export interface DocumentRequest {
  readonly document: Document
  readonly format: DocumentFormat
}

export type DocumentResponse =
  | { readonly _tag: "Ready" }
  | { readonly _tag: "Made"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly _tag: "NotInstalled" }
  | { readonly _tag: "Failed"; readonly reason: string }

/** On Linux a priority belongs to a thread: requests and the database go first. */
const lowPriority = 10
try {
  setPriority(0, process.platform === "linux" ? lowPriority : 0)
} catch {
  // A sandbox may forbid it; files are made all the same.
}

const port = parentPort

const send = (response: DocumentResponse) =>
  port?.postMessage(response, response._tag === "Made" ? [response.bytes.buffer] : [])

const answer = async ({ document, format }: DocumentRequest) => {
  try {
    const bytes = await render(document, format)
    send(bytes === undefined ? { _tag: "NotInstalled" } : { _tag: "Made", bytes: new Uint8Array(bytes) })
  } catch (error) {
    send({ _tag: "Failed", reason: error instanceof Error ? error.stack ?? error.message : String(error) })
  }
}

port?.on("message", (request: DocumentRequest) => {
  void answer(request)
})
send({ _tag: "Ready" })
