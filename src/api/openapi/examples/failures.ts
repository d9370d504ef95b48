import { type Issue, sentence } from "../../../domain/InvalidRequest.ts"
import type { JsonObject } from "../jsonTree.ts"

const requestId = "0d2f9c1e-6f0a-4c55-9b8e-1f6f6a1f2a77"

const uuid = (path: string) => ({ path, message: "must be a UUID" })

const tooMany = { path: "limit", message: "must be a whole number from 1 to 100" }

const issues: { readonly [operationId: string]: Issue } = {
  runMetrics: { path: "widgets[1].instanceId", message: "is used by another widget" },
  listReports: tooMany,
  listSnapshots: tooMany,
  createReport: {
    path: "layout.widgets[0].chart",
    message: "`chart`: leads.total supports only: stat."
  },
  updateReport: { path: "title", message: "must have 1 to 120 characters" },
  createSnapshot: { path: "title", message: "must have 1 to 120 characters" },
  getReport: uuid("id"),
  runReport: uuid("id"),
  deleteReport: uuid("id"),
  getSnapshot: uuid("snapshotId"),
  compareSnapshot: uuid("snapshotId"),
  renewSnapshot: uuid("snapshotId"),
  deleteSnapshot: uuid("snapshotId"),
  createKey: { path: "name", message: "must have 1 to 120 characters" },
  revokeKey: { path: "keyId", message: "must have 1 to 64 letters, digits, `-` or `_`" }
}

const unreadable = { path: "", message: "The request body could not be read completely." }

export const failureExample = (
  { codes: [code], error, message, statusCode }: {
    readonly statusCode: number
    readonly error: string
    readonly codes: ReadonlyArray<string>
    readonly message: string
  },
  operationId: string
): JsonObject => {
  const body = { statusCode, error, message, code, requestId }
  if (statusCode !== 400) return body
  const issue = issues[operationId] ?? unreadable
  return { ...body, message: [sentence(issue)], issues: [issue] }
}
