import { setPriority } from "node:os"
import type { DocumentFormat } from "../domain/DocumentFormat.ts"
import type { ComparisonDocument } from "./ComparisonDocument.ts"
import type { Document } from "./Document.ts"
import { render } from "./render.ts"

export interface DocumentRequest {
  readonly document: Document | ComparisonDocument
  readonly format: DocumentFormat
}

export type DocumentResponse =
  | { readonly _tag: "Ready" }
  /** `residentBytes` is the memory of the process, which a process does not give back. */
  | { readonly _tag: "Made"; readonly bytes: Uint8Array; readonly residentBytes: number }
  | { readonly _tag: "NotInstalled" }
  | { readonly _tag: "Failed"; readonly reason: string }

const lowPriority = 19
try {
  setPriority(lowPriority)
} catch {
  // If the system forbids a low priority, the process makes files nevertheless.
}

const send = (response: DocumentResponse) => process.send?.(response, undefined, undefined, () => {})

const answer = async ({ document, format }: DocumentRequest) => {
  try {
    const bytes = await render(document, format)
    const residentBytes = process.memoryUsage.rss()
    send(bytes === undefined ? { _tag: "NotInstalled" } : { _tag: "Made", bytes, residentBytes })
  } catch (error) {
    send({ _tag: "Failed", reason: error instanceof Error ? error.stack ?? error.message : String(error) })
  }
}

// A signal to the process group must not abort a file, so only the parent ends this process.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {})
process.on("disconnect", () => process.exit())
process.on("message", (request: DocumentRequest) => {
  void answer(request)
})
send({ _tag: "Ready" })
