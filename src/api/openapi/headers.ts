import { child, isJsonObject, itemsOf, type JsonObject, mapValues, withOperations } from "./jsonTree.ts"

const text = (description: string, example: string): JsonObject => ({
  description,
  schema: { type: "string" },
  example
})

const requestId = text(
  "The request id: the one that you sent in this header, or a new one. Error bodies and log lines contain it.",
  "0d2f9c1e-6f0a-4c55-9b8e-1f6f6a1f2a77"
)

const etag = text(
  "Send it in `If-None-Match` when you read again, and in `If-Match` when you change the report.",
  "\"3.2\""
)

const retryAfter: JsonObject = {
  description: "Seconds to wait before retrying.",
  schema: { type: "integer", minimum: 1 },
  example: 1
}

const rateLimit = {
  "RateLimit-Policy": text(
    "The limits that apply: requests (`q`) in a number of seconds (`w`), of the person and of the organization.",
    "\"runs\";q=600;w=60, \"runs-organization\";q=12000;w=60"
  ),
  RateLimit: text(
    "What is left of each limit: requests (`r`), and the seconds after which all are available again (`t`).",
    "\"runs\";r=597;t=1, \"runs-organization\";r=11940;t=1"
  )
}

const atStatus: { readonly [status: string]: JsonObject } = {
  304: { ETag: etag },
  401: { "WWW-Authenticate": text("The authentication scheme.", "Bearer") },
  405: { Allow: text("The methods of this URL.", "GET, HEAD, POST, OPTIONS") },
  409: { "Retry-After": retryAfter },
  429: { "Retry-After": retryAfter },
  503: { "Retry-After": retryAfter },
  504: { "Retry-After": retryAfter }
}

const location = text("The URL of what was created.", "/crm-reports/6f9a3a52-5d0e-4b7e-9f2c-3a0f6a6f0b11")

const renamed: { readonly [name: string]: JsonObject } = { etag: { ETag: etag }, location: { Location: location } }

const spelled = (headers: JsonObject): JsonObject =>
  Object.assign(
    {},
    ...Object.entries(headers).map(([name, header]) => renamed[name.toLowerCase()] ?? { [name]: header })
  )

const isCounted = (status: string) => status.startsWith("2") || status === "429"

/** A conflict that waiting does not end has no `Retry-After`. */
const headersAt = (status: string, response: JsonObject): JsonObject => {
  const codes = Object.keys(child(response, "content", "application/json", "examples"))
  return status === "409" && codes.length > 0 && !codes.includes("idempotency_in_progress")
    ? {}
    : atStatus[status] ?? {}
}

const withResponseHeaders = (status: string, response: JsonObject, isLimited: boolean): JsonObject => ({
  ...response,
  headers: {
    ...spelled(child(response, "headers")),
    ...headersAt(status, response),
    ...(isLimited && isCounted(status) && rateLimit),
    "X-Request-Id": requestId
  }
})

/** Such as `If-Match` for `if-match`. */
const named = (parameter: JsonObject): JsonObject =>
  parameter["in"] === "header"
    ? { ...parameter, name: String(parameter["name"]).replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()) }
    : parameter

const statusOf = (response: JsonObject): string => {
  const body = Object.values(child(response, "content", "application/json", "examples")).find(isJsonObject)
  return String(child(body ?? {}, "value")["statusCode"])
}

export const withHeaders = (document: JsonObject): JsonObject => {
  const components = child(document, "components")
  const described = withOperations(document, (operation) => ({
    ...operation,
    parameters: itemsOf(operation["parameters"]).map(named),
    responses: mapValues(
      child(operation, "responses"),
      (response, status) => withResponseHeaders(status, response, "429" in child(operation, "responses"))
    )
  }))
  return {
    ...described,
    components: {
      ...components,
      responses: mapValues(
        child(components, "responses"),
        (response) => withResponseHeaders(statusOf(response), response, false)
      )
    }
  }
}
