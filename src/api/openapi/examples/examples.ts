import { child, isNode, mapValues, type Node, withOperations } from "../jsonTree.ts"
import * as catalog from "./catalog.ts"
import * as reports from "./reports.ts"
import { runMetrics } from "./run.ts"
import * as snapshots from "./snapshots.ts"

/** What goes in and comes out, by operation; every one is checked against its schema by a test. */
const told: Node = { runMetrics, ...catalog, ...reports, ...snapshots }

const withBody = (holder: Node, examples: unknown): Node =>
  isNode(examples)
    ? { ...holder, content: mapValues(child(holder, "content"), (body) => ({ ...body, examples })) }
    : holder

const withResponse = (response: Node, { description, examples }: Node): Node =>
  withBody({ ...response, ...(description !== undefined && { description }) }, examples)

/** A request and an answer of every operation, as they would be sent. */
export const withExamples = (document: Node): Node =>
  withOperations(document, (operation) => {
    const { requests, responses } = child(told, String(operation["operationId"]))
    const answers = child({ responses }, "responses")
    return {
      ...operation,
      ...(isNode(operation["requestBody"]) && { requestBody: withBody(operation["requestBody"], requests) }),
      responses: mapValues(
        child(operation, "responses"),
        (response, status) => withResponse(response, child(answers, status))
      )
    }
  })
