import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { expect } from "vitest"
import { descriptions } from "../src/api/openapi/descriptions.ts"
import { downgrade } from "../src/api/openapi/downgrade.ts"
import { child, isJsonObject, itemsOf, type JsonObject, schemasOf, textsOf } from "../src/api/openapi/jsonTree.ts"
import { metricsById } from "../src/metrics/all.ts"
import { breachOf, contract, faultOf } from "./support/contract.ts"

const text = JSON.stringify(contract)
const schemas = schemasOf(contract)
const printed = (document: JsonObject) => `${JSON.stringify(document, null, 2)}\n`

const operations = Object.entries(child(contract, "paths")).flatMap(([path, item]) =>
  Object.entries(isJsonObject(item) ? item : {}).flatMap(([verb, operation]) =>
    isJsonObject(operation) ? [{ path, verb, operation, id: String(operation["operationId"]) }] : []
  )
)

const isProbe = (path: string) => ["/health", "/ready"].includes(path)

describe("the contract", () => {
  it("changes only where a reviewer sees it", async () => {
    await expect(printed(contract)).toMatchFileSnapshot("golden/openapi.json")
    await expect(printed(downgrade(contract))).toMatchFileSnapshot("golden/openapi-3.0.json")
  })

  it("has the version of the package", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"))
    assert.strictEqual(child(contract, "info")["version"], version)
  })

  it("is one that its readers can use as an older version too", () => {
    const old = JSON.stringify(downgrade(contract))
    assert.notMatch(old, /"type":\[|"const":|"type":"null"/)
  })
})

describe("the contract as generators read it", () => {
  it.each(operations)("$id has a verb, a summary and a tag", ({ id, operation }) => {
    assert.match(id, /^[a-z]+[A-Z][A-Za-z]*$/)
    assert.isAbove(String(operation["summary"]).length, 10)
    assert.lengthOf(textsOf(operation["tags"]), 1)
  })

  it.each(operations)("$id needs a token unless it is a probe", ({ operation, path }) => {
    assert.deepStrictEqual(operation["security"], isProbe(path) ? [] : [{ bearer: [] }])
    assert.strictEqual("401" in child(operation, "responses"), !isProbe(path))
  })

  it.each(operations)("$id speaks of its body only where it has one", ({ operation }) => {
    const hasBody = operation["requestBody"] !== undefined
    const spoken = ["413", "415"].map((status) => status in child(operation, "responses"))
    assert.deepStrictEqual(spoken, [hasBody, hasBody])
  })

  it.each(operations)("$id declares the headers of every answer", ({ operation }) => {
    for (const [status, response] of Object.entries(child(operation, "responses"))) {
      const headers = Object.keys(child({ response }, "response", "headers"))
      assert.include(headers, "X-Request-Id")
      assert.strictEqual(headers.includes("Retry-After"), ["409", "503", "504"].includes(status))
      assert.strictEqual(headers.includes("WWW-Authenticate"), status === "401")
      assert.isTrue(status !== "304" || headers.includes("ETag"))
    }
  })

  it("names components as they are on the wire and closes none", () => {
    assert.notInclude(text, "Encoded\"")
    assert.notInclude(text, "\"additionalProperties\":false")
    assert.notInclude(text, "\"_tag\"")
  })

  it("has no property that can only be null, and lists types where one of them is", () => {
    assert.notInclude(text, ":{\"type\":\"null\"}")
    assert.notMatch(text, /"anyOf":\[\{"type":"(string|number|integer|boolean)"[^\]]*\{"type":"null"\}\]/)
  })

  it("names the words that a client chooses from", () => {
    const words = ["ChartKind", "Shape", "Bucket", "Preset", "GroupBy", "MetricId", "Visibility", "Unit"]
    for (const name of words) assert.isNotEmpty(textsOf(child(schemas, name)["enum"]), name)
    assert.deepStrictEqual(textsOf(child(schemas, "MetricId")["enum"]), [...metricsById.keys()])
  })

  it.each(["MetricSeries", "WidgetRequest"])("%s is told apart by one property", (name) => {
    const { discriminator, oneOf } = child(schemas, name)
    const mapped = Object.values(child({ discriminator }, "discriminator", "mapping"))
    assert.deepStrictEqual(mapped, itemsOf(oneOf).map(({ $ref }) => $ref))
  })

  it.each([...metricsById])("%s takes its own charts and no other", (metricId, { charts }) => {
    const fault = (chart: string) =>
      faultOf(["components", "schemas", "WidgetRequest"], { instanceId: "a", metricId, chart })
    for (const chart of textsOf(child(schemas, "ChartKind")["enum"])) {
      assert.strictEqual(fault(chart) === undefined, charts.some((known) => known === chart), chart)
    }
  })

  it("says that sign-in is a JWT as bearer, which licence holds and where it stands", () => {
    const scheme = child(contract, "components", "securitySchemes", "bearer")
    assert.deepInclude(scheme, { type: "http", scheme: "bearer", bearerFormat: "JWT" })
    assert.strictEqual(child(contract, "info", "license")["name"], "MIT")
    assert.isNotEmpty(itemsOf(contract["servers"]))
    assert.isTrue(itemsOf(contract["tags"]).every(({ description }) => String(description).length > 10))
  })
})

const bodies = (holder: JsonObject, place: ReadonlyArray<string>) => ({
  schema: [...place, "content", "application/json", "schema"],
  examples: child(holder, "content", "application/json", "examples")
})

const told = operations.flatMap(({ id, operation, path, verb }) => {
  const place = ["paths", path, verb]
  const request = child(operation, "requestBody")
  const answers = Object.entries(child(operation, "responses")).flatMap(([status, response]) =>
    isJsonObject(response)
      ? [{ what: `${id} ${status}`, holder: response, place: [...place, "responses", status] }]
      : []
  )
  return [{ what: `${id} request`, holder: request, place: [...place, "requestBody"] }, ...answers]
    .filter(({ holder }) => "content" in holder)
    .map(({ holder, place, what }) => ({ what, ...bodies(holder, place) }))
})

describe("the examples", () => {
  it.each(told)("$what has one at least, and what it shows is allowed", ({ examples, schema }) => {
    assert.isNotEmpty(Object.keys(examples))
    for (const example of Object.values(examples)) {
      assert.isUndefined(faultOf(schema, child({ example }, "example")["value"]))
    }
  })
})

describe("the descriptions", () => {
  it.each(Object.entries(descriptions))("on %s are on properties that it has", (name, properties) => {
    const schema = child(schemas, name)
    const known = Object.assign({}, ...[schema, ...itemsOf(schema["allOf"])].map((part) => child(part, "properties")))
    assert.deepStrictEqual(Object.keys(properties).filter((property) => property !== "" && !(property in known)), [])
  })
})

describe("the check that every test's answers pass", () => {
  const heard = { method: "GET", url: "/health", status: 200, text: "{\"status\":\"ok\"}" }
  const quiet = { ...heard, headers: new Headers() }

  it("lets through what the document describes", () => {
    assert.isUndefined(breachOf(heard))
  })

  it.each([
    ["another body", { ...heard, text: "{}" }],
    ["another status", { ...heard, status: 202 }],
    ["no body", { ...heard, text: "null" }],
    ["a header less", quiet]
  ])("stops %s", (_what, broken) => {
    assert.isDefined(breachOf(broken))
  })
})
