import { child, isJsonObject, type JsonObject, mapValues, withOperations } from "../jsonTree.ts"
import { listAuditEvents } from "./audit.ts"
import * as catalog from "./catalog.ts"
import * as design from "./design.ts"
import * as goals from "./goals.ts"
import * as keys from "./keys.ts"
import { listRecords } from "./records.ts"
import * as reports from "./reports.ts"
import { runMetrics, runReport } from "./run.ts"
import * as snapshots from "./snapshots.ts"
import * as subscriptions from "./subscriptions.ts"

const examples: JsonObject = {
  runMetrics,
  runReport,
  listRecords,
  listAuditEvents,
  ...catalog,
  ...reports,
  ...snapshots,
  ...design,
  ...keys,
  ...goals,
  ...subscriptions
}

const withBody = (holder: JsonObject, bodies: unknown): JsonObject =>
  isJsonObject(bodies)
    ? { ...holder, content: mapValues(child(holder, "content"), (body) => ({ ...body, examples: bodies })) }
    : holder

const withResponse = (response: JsonObject, { description, examples: bodies }: JsonObject): JsonObject =>
  withBody({ ...response, ...(description !== undefined && { description }) }, bodies)

export const withExamples = (document: JsonObject): JsonObject =>
  withOperations(document, (operation) => {
    const { requests, responses } = child(examples, String(operation["operationId"]))
    const answers = child({ responses }, "responses")
    return {
      ...operation,
      ...(isJsonObject(operation["requestBody"]) && { requestBody: withBody(operation["requestBody"], requests) }),
      responses: mapValues(
        child(operation, "responses"),
        (response, status) => withResponse(response, child(answers, status))
      )
    }
  })
