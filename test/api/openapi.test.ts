import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { expect } from "vitest"
import { child, isJsonObject, itemsOf, type JsonObject, schemasOf, textsOf } from "../../src/api/openapi/jsonTree.ts"
import { metricsById } from "../../src/metrics/all.ts"
import { breachOf, contract, faultOf } from "../support/contract.ts"

const text = JSON.stringify(contract)
const schemas = schemasOf(contract)
const printed = (document: JsonObject) => `${JSON.stringify(document, null, 2)}\n`

const operationsIn = (document: JsonObject) =>
  Object.entries(child(document, "paths")).flatMap(([path, item]) =>
    Object.entries(isJsonObject(item) ? item : {}).flatMap(([verb, operation]) =>
      isJsonObject(operation) ? [{ path, verb, operation, id: String(operation["operationId"]) }] : []
    )
  )
const operations = operationsIn(contract)

const isProbe = (path: string) => ["/health", "/ready"].includes(path)

describe("the contract", () => {
  it("the contract as OpenAPI 3.1 equals its golden file", async () => {
    await expect(printed(contract)).toMatchFileSnapshot("../golden/openapi.json")
  })

  it("the contract has the version of the package", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"))
    assert.strictEqual(child(contract, "info")["version"], version)
  })
})

describe("the contract as generators read it", () => {
  it.each(operations)("operation $id has a camelCase name, a summary and one tag", ({ id, operation }) => {
    assert.match(id, /^[a-z]+[A-Z][A-Za-z]*$/)
    assert.isAbove(String(operation["summary"]).length, 10)
    assert.lengthOf(textsOf(operation["tags"]), 1)
  })

  it.each(
    operations.map((one) => [one.id, isProbe(one.path) ? "needs no token" : "needs a token", one] as const)
  )("operation %s %s", (_id, _need, { operation, path }) => {
    assert.deepStrictEqual(operation["security"], isProbe(path) ? [] : [{ bearer: [] }])
    assert.strictEqual("401" in child(operation, "responses"), !isProbe(path))
  })

  it.each(
    operations.map(({ id, operation }) => {
      const hasBody = operation["requestBody"] !== undefined
      return [id, hasBody ? "declares 413 and 415" : "declares neither 413 nor 415", hasBody, operation] as const
    })
  )("operation %s %s", (_id, _what, hasBody, operation) => {
    const declared = ["413", "415"].map((status) => status in child(operation, "responses"))
    assert.deepStrictEqual(declared, [hasBody, hasBody])
  })

  it.each(operations)("operation $id declares the headers of every response", ({ operation, path }) => {
    for (const [status, response] of Object.entries(child(operation, "responses"))) {
      const headers = Object.keys(child({ response }, "response", "headers"))
      assert.include(headers, "X-Request-Id")
      const endsByItself = ["429", "503", "504"].includes(status) ||
        JSON.stringify(response).includes("idempotency_in_progress")
      assert.strictEqual(headers.includes("Retry-After"), endsByItself)
      assert.strictEqual(headers.includes("WWW-Authenticate"), status === "401")
      assert.isTrue(status !== "304" || headers.includes("ETag"))
      const isCounted = !isProbe(path) && (status.startsWith("2") || status === "429")
      for (const name of ["RateLimit", "RateLimit-Policy"]) assert.strictEqual(headers.includes(name), isCounted)
    }
  })

  it("the contract has no `Encoded` suffix, no `_tag` and no `additionalProperties: false`", () => {
    assert.notInclude(text, "Encoded\"")
    assert.notInclude(text, "\"additionalProperties\":false")
    assert.notInclude(text, "\"_tag\"")
  })

  it("a property that may be null has a list of types", () => {
    assert.notInclude(text, ":{\"type\":\"null\"}")
    assert.notMatch(text, /"anyOf":\[\{"type":"(string|number|integer|boolean)"[^\]]*\{"type":"null"\}\]/)
  })

  it("the contract lists the values of every enum that clients need", () => {
    const words = ["ChartKind", "Shape", "Bucket", "Preset", "GroupBy", "MetricId", "Visibility", "Unit"]
    for (const name of words) assert.isNotEmpty(textsOf(child(schemas, name)["enum"]), name)
    assert.deepStrictEqual(textsOf(child(schemas, "MetricId")["enum"]), [...metricsById.keys()])
  })

  it.each(["MetricSeries", "WidgetRequest"])("the discriminator of %s lists all its variants", (name) => {
    const { discriminator, oneOf } = child(schemas, name)
    const mapped = Object.values(child({ discriminator }, "discriminator", "mapping"))
    assert.deepStrictEqual(mapped, itemsOf(oneOf).map(({ $ref }) => $ref))
  })

  it.each([...metricsById])("a widget of %s accepts only the charts of that metric", (metricId, { charts }) => {
    const fault = (chart: string) =>
      faultOf(["components", "schemas", "WidgetRequest"], { instanceId: "a", metricId, chart })
    for (const chart of textsOf(child(schemas, "ChartKind")["enum"])) {
      assert.strictEqual(fault(chart) === undefined, charts.some((known) => known === chart), chart)
    }
  })

  it("the contract names the bearer sign-in, the licence, a server and a description of each tag", () => {
    const scheme = child(contract, "components", "securitySchemes", "bearer")
    assert.deepInclude(scheme, { type: "http", scheme: "bearer" })
    assert.strictEqual(child(contract, "info", "license")["name"], "MIT")
    assert.isNotEmpty(itemsOf(contract["servers"]))
    assert.isTrue(itemsOf(contract["tags"]).every(({ description }) => String(description).length > 10))
  })
})

const json = "application/json"

/** For a response that is a file, the schema and the examples are those of CSV. */
const bodies = (holder: JsonObject, place: ReadonlyArray<string>) => {
  const type = json in child(holder, "content") ? json : "text/csv"
  return {
    schema: [...place, "content", type, "schema"],
    examples: child(holder, "content", type, "examples")
  }
}

const told = operations.flatMap(({ id, operation, path, verb }) => {
  const place = ["paths", path, verb]
  const request = child(operation, "requestBody")
  const answers = Object.entries(child(operation, "responses")).flatMap(([status, response]) =>
    isJsonObject(response)
      ? [{ what: `the response ${status} of ${id}`, holder: response, place: [...place, "responses", status] }]
      : []
  )
  return [{ what: `the request of ${id}`, holder: request, place: [...place, "requestBody"] }, ...answers]
    .filter(({ holder }) => "content" in holder)
    .map(({ holder, place, what }) => ({ what, ...bodies(holder, place) }))
})

describe("the examples", () => {
  it.each(told)("the examples of $what match its schema", ({ examples, schema }) => {
    assert.isNotEmpty(Object.keys(examples))
    for (const example of Object.values(examples)) {
      assert.isUndefined(faultOf(schema, child({ example }, "example")["value"]))
    }
  })
})

describe("the contract check of every response in the tests", () => {
  const heard = { method: "GET", url: "/health", status: 200, text: "{\"status\":\"ok\"}" }
  const quiet = { ...heard, headers: new Headers() }

  it("the contract check accepts a documented response", () => {
    assert.isUndefined(breachOf(heard))
  })

  it.each([
    ["an undocumented body", { ...heard, text: "{}" }],
    ["an undocumented status", { ...heard, status: 202 }],
    ["the body null", { ...heard, text: "null" }],
    ["a missing header", quiet]
  ])("the contract check refuses a response with %s", (_what, broken) => {
    assert.isDefined(breachOf(broken))
  })
})
