import { HeadersTooLarge, MethodNotAllowed, RequestTimedOut, RouteNotFound } from "../RequestFailures.ts"
import { failureExample } from "./examples/failures.ts"
import {
  child,
  isNode,
  itemsOf,
  nameOf,
  type Node,
  operationsOf,
  ref,
  schemasOf,
  textsOf,
  withOperations,
  withSchemas
} from "./jsonTree.ts"

/** One failure as the service words it. */
interface Wording {
  readonly statusCode: number
  readonly error: string
  readonly codes: ReadonlyArray<string>
  readonly message: string
}

/** `Content Too Large` is `ContentTooLarge`. */
const schemaName = ({ error }: Wording) => error.replaceAll(/[^A-Za-z]/g, "")

/** One schema a status, so that its number tells what the rest is. */
const schemaOf = (failures: ReadonlyArray<Wording>, { error, statusCode }: Wording): Node => {
  const isList = statusCode === 400
  const codes = failures.filter((failure) => failure.statusCode === statusCode).flatMap((failure) => failure.codes)
  return {
    type: "object",
    properties: {
      statusCode: { type: "integer", enum: [statusCode] },
      error: { type: "string", enum: [error] },
      message: isList
        ? { type: "array", items: { type: "string" }, description: "One sentence an issue." }
        : { type: "string", description: "A sentence for a person." },
      code: { type: "string", enum: [...new Set(codes)], description: "For programs. New codes may come." },
      requestId: { type: "string", description: "As in `X-Request-Id`: name it when you ask us." },
      ...(isList && { issues: { type: "array", items: ref("Issue") } })
    },
    required: ["statusCode", "error", "message", "code", "requestId", ...(isList ? ["issues"] : [])]
  }
}

const responseOf = (failures: ReadonlyArray<Wording>, operationId: string): Node => {
  const [first] = failures
  if (first === undefined) return {}
  return {
    description: failures.map(({ message }) => message).join(" Or: "),
    content: {
      "application/json": {
        schema: ref(schemaName(first)),
        examples: Object.fromEntries(
          failures.map((failure) => [failure.codes[0], { value: failureExample(failure, operationId) }])
        )
      }
    }
  }
}

/** The failures of a response, whose sentences stand in the order of their schemas. */
const wordingsOf = (schemas: Node, status: string, response: Node): ReadonlyArray<Wording> => {
  const schema = child(response, "content", "application/json", "schema")
  const sentences = String(response["description"]).split(" | ")
  const names = [schema, ...itemsOf(schema["anyOf"])].map(nameOf).filter((name) => name !== undefined)
  return names.map((name, index) => ({
    statusCode: Number(status),
    error: textsOf(child(schemas, name, "properties", "error")["enum"])[0] ?? "",
    codes: textsOf(child(schemas, name, "properties", "code")["enum"]),
    message: sentences[index] ?? ""
  }))
}

const isFailure = ([status]: readonly [string, unknown]) => Number(status) >= 400

const elsewhere = [new RouteNotFound(), new MethodNotAllowed(), new RequestTimedOut(), new HeadersTooLarge()].map(
  ({ code, error, message, statusCode }): Wording => ({ statusCode, error, codes: [code], message })
)

/** What is answered before an operation is reached stands beside them. */
const beforeOperations = (): Node =>
  Object.fromEntries(elsewhere.map((failure) => [
    failure.statusCode === 404 ? "NoSuchAddress" : schemaName(failure),
    responseOf([failure], "")
  ]))

export const withFailures = (document: Node): Node => {
  const schemas = schemasOf(document)
  const found = operationsOf(document).flatMap(({ responses }) =>
    Object.entries(isNode(responses) ? responses : {}).filter(isFailure).flatMap(([status, response]) =>
      isNode(response) ? wordingsOf(schemas, status, response) : []
    )
  )
  const failures = [...found, ...elsewhere]
  const named = withSchemas(document, (known) => ({
    ...known,
    ...Object.fromEntries(failures.map((failure) => [schemaName(failure), schemaOf(failures, failure)]))
  }))
  return withOperations(
    { ...named, components: { ...child(named, "components"), responses: beforeOperations() } },
    (operation) => ({
      ...operation,
      responses: Object.fromEntries(
        Object.entries(child(operation, "responses")).map(([status, response]) => [
          status,
          isFailure([status, response]) && isNode(response)
            ? { ...response, ...responseOf(wordingsOf(schemas, status, response), String(operation["operationId"])) }
            : response
        ])
      )
    })
  )
}
