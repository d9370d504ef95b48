import { setPriority } from "node:os"
import type { DocumentFormat } from "../domain/DocumentFormat.ts"
import type { Document } from "./Document.ts"
import { render } from "./render.ts"

/** Makes files in a process of its own, one after the other. */
export interface DocumentRequest {
  readonly document: Document
  readonly format: DocumentFormat
}

export type DocumentResponse =
  | { readonly _tag: "Ready" }
  | { readonly _tag: "Made"; readonly bytes: Uint8Array }
  | { readonly _tag: "NotInstalled" }
  | { readonly _tag: "Failed"; readonly reason: string }

/** Requests and the database go first. */
const lowPriority = 15
try {
  setPriority(lowPriority)
} catch {
  // A sandbox may forbid it; files are made all the same.
}

const send = (response: DocumentResponse) => process.send?.(response)

const answer = async ({ document, format }: DocumentRequest) => {
  try {
    const bytes = await render(document, format)
    send(bytes === undefined ? { _tag: "NotInstalled" } : { _tag: "Made", bytes })
  } catch (error) {
    send({ _tag: "Failed", reason: error instanceof Error ? error.stack ?? error.message : String(error) })
  }
}

// The service decides when it stops; a signal to the whole group must not end what it still waits for.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {})
process.on("disconnect", () => process.exit())
process.on("message", (request: DocumentRequest) => {
  void answer(request)
})
send({ _tag: "Ready" })
