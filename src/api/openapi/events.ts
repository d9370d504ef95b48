import { eventStream } from "../../domain/Live.ts"
import { child, itemsOf, type JsonObject, ref, withOperations } from "./jsonTree.ts"

const live = new Set(["runMetrics", "runReport"])

const events: JsonObject = {
  series: ref("MetricSeries"),
  ready: { type: "object" },
  expired: ref("Unauthorized"),
  failure: {
    anyOf: [
      ref("Forbidden"),
      ref("NotFound"),
      ref("InternalServerError"),
      ref("ServiceUnavailable"),
      ref("GatewayTimeout")
    ]
  }
}

const lastEventId: JsonObject = {
  name: "Last-Event-ID",
  description:
    "The last `id` of the stream that you open again. The new stream sends only the series that you do not have.",
  schema: { type: "string", examples: ["0d2f9c1e-6f0a-4c55-9b8e-1f6f6a1f2a77.12"] },
  in: "header",
  required: false
}

/** The events are not a second content type, which would give generated clients a second return type. */
export const withEvents = (document: JsonObject): JsonObject =>
  withOperations(document, (operation) => {
    if (!live.has(String(operation["operationId"]))) return operation
    const responses = child(operation, "responses")
    const success = child(responses, "200")
    const description = `${String(success["description"])} Live events if \`Accept\` prefers \`${eventStream}\`.`
    return {
      ...operation,
      parameters: [...itemsOf(operation["parameters"]), lastEventId],
      responses: { ...responses, 200: { ...success, description, "x-event-types": { [eventStream]: events } } }
    }
  })
