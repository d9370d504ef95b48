import { Ajv2020 } from "ajv/dist/2020.js"
import { document } from "../../src/api/openapi/document.ts"
import { child, isJsonObject, type JsonObject, textsOf } from "../../src/api/openapi/jsonTree.ts"

export interface Exchange {
  readonly method: string
  readonly url: string
  readonly status: number
  readonly text: string
  /** The default is JSON. If the body is a file, only the content type is checked. */
  readonly contentType?: string | undefined
  /** The headers are undefined if the response did not pass through the middleware. */
  readonly headers?: { readonly has: (name: string) => boolean }
}

export const contract = document()

const ajv = new Ajv2020({ strict: false, allErrors: true })
ajv.addFormat("uuid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
ajv.addFormat("date", /^\d{4}-\d{2}-\d{2}$/)
ajv.addFormat("date-time", /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
ajv.addSchema({ ...contract, $id: "contract" })

const escaped = (key: string) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))

/** Returns the validation error of a value against the schema at this place of the document. */
export const faultOf = (place: ReadonlyArray<string>, value: unknown): string | undefined => {
  const $ref = `contract#/${place.map(escaped).join("/")}`
  const validate = ajv.getSchema($ref) ?? ajv.compile({ $ref })
  return validate(value) === true ? undefined : ajv.errorsText(validate.errors)
}

const firstParameter = (path: string) => path.includes("{") ? path.indexOf("{") : Infinity

const paths = Object.keys(child(contract, "paths"))
  .sort((a, b) => firstParameter(b) - firstParameter(a))
  .map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`, "i") }))

/** Removes repeated slashes, which the router ignores. */
const plain = (url: string) => new URL(url, "http://crm.example").pathname.replaceAll(/\/+/g, "/").replace(/\/$/, "")

const elsewhere = child(contract, "components", "responses")

const statusElsewhere = (response: unknown) => {
  const [example] = Object.values(child({ response }, "response", "content", "application/json", "examples"))
  return String(child({ example }, "example", "value")["statusCode"])
}

/** Finds the description of a response in its operation, or else among the errors before routing. */
const placeOf = ({ method, status, url }: Exchange): ReadonlyArray<string> | undefined => {
  const path = paths.find(({ pattern }) => pattern.test(plain(url)))?.path ?? ""
  const verb = method === "HEAD" ? "get" : method.toLowerCase()
  const place = ["paths", path, verb, "responses", String(status)]
  if (isJsonObject(child(contract, "paths", path, verb, "responses")[String(status)])) return place
  const name = Object.keys(elsewhere).find((name) => statusElsewhere(elsewhere[name]) === String(status))
  return name === undefined ? undefined : ["components", "responses", name]
}

/** The headers of rate limits are absent while the limits are off. */
const missingHeader = (response: JsonObject, { headers }: Exchange) =>
  headers === undefined
    ? undefined
    : Object.keys(child(response, "headers")).find((name) => !name.startsWith("RateLimit") && !headers.has(name))

const faultOfBody = (place: ReadonlyArray<string>, { contentType, method, text }: Exchange) => {
  const response = child(contract, ...place)
  const types = [
    ...Object.keys(child(response, "content")),
    ...textsOf(response["x-file-types"]),
    ...Object.keys(child(response, "x-event-types"))
  ]
  const described = types.length > 0
  if (contentType !== undefined && described && !types.some((type) => contentType.startsWith(type))) {
    return `a body of the type ${contentType}`
  }
  if (!described) return text === "" ? undefined : "a body that nobody described"
  if (method === "HEAD" || (contentType !== undefined && !contentType.startsWith("application/json"))) {
    return undefined
  }
  return faultOf([...place, "content", "application/json", "schema"], JSON.parse(text))
}

/** Returns the reason why a response breaks the contract, or undefined. */
export const breachOf = (exchange: Exchange): string | undefined => {
  if (exchange.method === "OPTIONS" && exchange.status === 204) return undefined
  const place = placeOf(exchange)
  const what = `${exchange.method} ${exchange.url} answered ${exchange.status}`
  if (place === undefined) return `${what}, which is not in the contract: ${exchange.text}`
  const header = missingHeader(child(contract, ...place), exchange)
  if (header !== undefined) return `${what} without ${header}`
  const fault = faultOfBody(place, exchange)
  return fault === undefined ? undefined : `${what}, against the contract: ${fault}\n${exchange.text}`
}

/** Throws if a response breaks the contract. */
export const holdToContract = (exchange: Exchange): void => {
  const breach = breachOf(exchange)
  if (breach !== undefined) throw new Error(breach)
}
