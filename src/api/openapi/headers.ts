import { child, isNode, itemsOf, mapValues, type Node, withOperations } from "./jsonTree.ts"

const text = (description: string, example: string): Node => ({ description, schema: { type: "string" }, example })

const requestId = text(
  "The id of the request, yours where you sent one in this header. It is in the log and in every error body.",
  "0d2f9c1e-6f0a-4c55-9b8e-1f6f6a1f2a77"
)

const etag = text("Send it back in `If-None-Match` to read, in `If-Match` to change.", "\"3.2\"")

const retryAfter: Node = {
  description: "Seconds to wait before the next try.",
  schema: { type: "integer", minimum: 1 },
  example: 1
}

const atStatus: { readonly [status: string]: Node } = {
  304: { ETag: etag },
  401: { "WWW-Authenticate": text("How to sign in.", "Bearer") },
  405: { Allow: text("The methods that this address answers to.", "GET, HEAD, POST, OPTIONS") },
  409: { "Retry-After": retryAfter },
  503: { "Retry-After": retryAfter },
  504: { "Retry-After": retryAfter }
}

const sent = (name: string, description: string, example: string): Node => ({
  name,
  description,
  schema: { type: "string", examples: [example] }
})

const requestHeaders: { readonly [name: string]: Node } = {
  "if-none-match": sent(
    "If-None-Match",
    "The `ETag` that you have. Where it still holds, the answer is 304 without a body.",
    "\"3.2\""
  ),
  "if-match": sent(
    "If-Match",
    "The `ETag` that you have read. Where somebody has changed the report since, the answer is 412.",
    "\"3.2\""
  ),
  "idempotency-key": sent(
    "Idempotency-Key",
    "Your own name for this request, kept for 24 hours. The same body gives the first answer again, another body 422, and while the first is still running 409.",
    "9f1b7c34-3a0e-4a8f-8f57-0b1d2c3e4f50"
  )
}

const renamed: { readonly [name: string]: Node } = { etag: { ETag: etag } }

const spelled = (headers: Node): Node =>
  Object.assign(
    {},
    ...Object.entries(headers).map(([name, header]) => renamed[name.toLowerCase()] ?? { [name]: header })
  )

const withHeaders = (status: string, response: Node): Node => ({
  ...response,
  headers: { ...spelled(child(response, "headers")), ...atStatus[status], "X-Request-Id": requestId }
})

const named = (parameter: Node): Node => {
  const known = parameter["in"] === "header" ? requestHeaders[String(parameter["name"])] : undefined
  return known === undefined
    ? parameter
    : { ...parameter, ...known, schema: { ...child(parameter, "schema"), ...child(known, "schema") } }
}

const statusOf = (response: Node): string => {
  const body = Object.values(child(response, "content", "application/json", "examples")).find(isNode)
  return String(child(body ?? {}, "value")["statusCode"])
}

/** Every header that comes or goes, spelled as people write it. */
export const withEveryHeader = (document: Node): Node => {
  const components = child(document, "components")
  const described = withOperations(document, (operation) => ({
    ...operation,
    parameters: itemsOf(operation["parameters"]).map(named),
    responses: mapValues(child(operation, "responses"), (response, status) => withHeaders(status, response))
  }))
  return {
    ...described,
    components: {
      ...components,
      responses: mapValues(child(components, "responses"), (response) => withHeaders(statusOf(response), response))
    }
  }
}
