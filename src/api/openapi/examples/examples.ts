import { child, isJsonObject, type JsonObject, mapValues, withOperations } from "../jsonTree.ts"
import * as catalog from "./catalog.ts"
import * as goals from "./goals.ts"
import { listRecords } from "./records.ts"
import * as reports from "./reports.ts"
import { runMetrics, runReport } from "./run.ts"
import * as snapshots from "./snapshots.ts"
import * as subscriptions from "./subscriptions.ts"

const key = {
  id: "0d2f9c1e-6f0a-4c55-9b8e-1f6f6a1f2a77",
  name: "Nightly export",
  scopes: ["reports:read"],
  createdBy: "user_ana",
  createdAt: "2026-05-17T09:30:00.000Z",
  expiresAt: "2026-08-15T09:30:00.000Z"
}

const createKey = {
  requests: {
    key: { value: { name: "Nightly export", scopes: ["reports:read"], expiresInDays: 90 } }
  },
  responses: {
    201: {
      description: "The key with its secret, which is not shown again.",
      examples: { key: { value: { ...key, secret: "ak_kept_by_the_script" } } }
    }
  }
}

const listKeys = {
  responses: { 200: { description: "Valid keys, newest first.", examples: { keys: { value: { results: [key] } } } } }
}

const revokeKey = { responses: { 204: { description: "Key revoked." } } }

const event = {
  id: "c7f1f0a2-3b0e-4a57-9a55-0b7f0f8d6e11",
  at: "2026-10-01T09:30:00.000Z",
  userId: "user_bea",
  withKey: false,
  action: "share",
  object: "report",
  objectId: "0b9f4c1e-7f0a-4a0e-8a53-6f2a1c9d3e10",
  reportId: "0b9f4c1e-7f0a-4a0e-8a53-6f2a1c9d3e10",
  title: "Sales of the month",
  version: 4,
  restoredVersion: null,
  visibility: "people",
  people: ["user_ana"],
  channel: null,
  format: null,
  alert: false
}

const listAuditEvents = {
  responses: {
    200: {
      description: "A page of events.",
      examples: {
        page: { value: { results: [event], next: "1790847000000~c7f1f0a2-3b0e-4a57-9a55-0b7f0f8d6e11" } }
      }
    }
  }
}

const designReport = {
  requests: { wish: { value: { prompt: "New leads by source this quarter, and our horoscope" } } },
  responses: {
    200: {
      description: "The draft. It is not stored.",
      examples: {
        draft: {
          value: {
            draft: {
              title: "New leads by source this quarter, and our horoscope",
              description: null,
              layout: {
                widgets: [
                  {
                    instanceId: "leads.by_source.0",
                    metricId: "leads.by_source",
                    chart: "bar",
                    x: 0,
                    y: 0,
                    w: 12,
                    h: 7
                  }
                ]
              },
              defaultTimeframe: { preset: "this_quarter", bucket: "week" }
            },
            by: "search",
            understood: ["Leads by source", "this quarter, by week"],
            notUnderstood: ["horoscope"],
            notes: ["This service has no model. Words of the catalog were searched."]
          }
        }
      }
    }
  }
}

const examples: JsonObject = {
  runMetrics,
  runReport,
  listRecords,
  listAuditEvents,
  ...catalog,
  ...reports,
  ...snapshots,
  designReport,
  createKey,
  listKeys,
  revokeKey,
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
