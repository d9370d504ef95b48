import { type Issue, sentence } from "../../domain/InvalidRequest.ts"
import { RoleChanged } from "../../domain/Live.ts"
import { HeadersTooLarge, MethodNotAllowed, RequestTimedOut, RouteNotFound } from "../RequestFailures.ts"
import {
  child,
  isJsonObject,
  itemsOf,
  type JsonObject,
  nameOf,
  operationsOf,
  ref,
  schemasOf,
  textsOf,
  withOperations,
  withSchemas
} from "./jsonTree.ts"

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

const failureExample = (
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

interface DocumentedError {
  readonly statusCode: number
  readonly error: string
  readonly codes: ReadonlyArray<string>
  readonly message: string
}

/** These statuses may name the limit that refused the request. */
const refusals = new Set([429, 503])

const schemaName = ({ error }: DocumentedError) => error.replaceAll(/[^A-Za-z]/g, "")

/** Each status has its own schema, so that generated clients can switch on `statusCode`. */
const schemaOf = (failures: ReadonlyArray<DocumentedError>, { error, statusCode }: DocumentedError): JsonObject => {
  const isList = statusCode === 400
  const codes = failures.filter((failure) => failure.statusCode === statusCode).flatMap((failure) => failure.codes)
  return {
    type: "object",
    properties: {
      statusCode: { type: "integer", enum: [statusCode] },
      error: { type: "string", enum: [error] },
      message: isList
        ? { type: "array", items: { type: "string" }, description: "One sentence for each issue." }
        : { type: "string", description: "Text for display." },
      code: { type: "string", enum: [...new Set(codes)], description: "Machine-readable; new codes may be added." },
      requestId: { type: "string", description: "The same as `X-Request-Id`. Quote it when you report a problem." },
      ...(refusals.has(statusCode) && {
        limit: {
          type: "string",
          description: "The limit that refused the request, such as `runs`. Absent if no limit refused it."
        },
        retryAfter: { type: "integer", minimum: 1, description: "Seconds to wait, as in `Retry-After`." }
      }),
      ...(isList && { issues: { type: "array", items: ref("Issue") } })
    },
    required: ["statusCode", "error", "message", "code", "requestId", ...(isList ? ["issues"] : [])]
  }
}

const responseOf = (failures: ReadonlyArray<DocumentedError>, operationId: string): JsonObject => {
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

/** Effect joins the messages of a response by `|`, in the order of its schemas. */
const errorsOf = (schemas: JsonObject, status: string, response: JsonObject): ReadonlyArray<DocumentedError> => {
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

const documented = (
  { code, error, message, statusCode }: Omit<DocumentedError, "codes"> & { readonly code: string }
) => ({
  statusCode,
  error,
  codes: [code],
  message
})

const elsewhere = [new RouteNotFound(), new MethodNotAllowed(), new RequestTimedOut(), new HeadersTooLarge()].map(
  documented
)

const inStreams = [new RoleChanged()].map(documented)

const beforeOperations = (): JsonObject =>
  Object.fromEntries(elsewhere.map((failure) => [
    failure.statusCode === 404 ? "NoSuchAddress" : schemaName(failure),
    responseOf([failure], "")
  ]))

export const withErrors = (document: JsonObject): JsonObject => {
  const schemas = schemasOf(document)
  const found = operationsOf(document).flatMap(({ responses }) =>
    Object.entries(isJsonObject(responses) ? responses : {}).filter(isFailure).flatMap(([status, response]) =>
      isJsonObject(response) ? errorsOf(schemas, status, response) : []
    )
  )
  const failures = [...found, ...elsewhere, ...inStreams]
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
          isFailure([status, response]) && isJsonObject(response)
            ? { ...response, ...responseOf(errorsOf(schemas, status, response), String(operation["operationId"])) }
            : response
        ])
      )
    })
  )
}
