import { eventStream } from "../../domain/Live.ts"
import { child, type JsonObject, ref, withOperations } from "./jsonTree.ts"

/** These operations answer with JSON, or with events if the `Accept` header prefers them. */
const live = new Set(["runMetrics", "runReport"])

/** The schema of `data` for each event. */
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

/** Generated clients need one return type, so events are no second content type. */
export const withEvents = (document: JsonObject): JsonObject =>
  withOperations(document, (operation) => {
    if (!live.has(String(operation["operationId"]))) return operation
    const responses = child(operation, "responses")
    const success = child(responses, "200")
    const description = `${String(success["description"])} Live events if \`Accept\` prefers \`${eventStream}\`.`
    return {
      ...operation,
      responses: { ...responses, 200: { ...success, description, "x-event-types": { [eventStream]: events } } }
    }
  })
