import { assert, describe, it } from "@effect/vitest"
import { OpenApi } from "effect/http-api"
import { Api } from "../src/api/Api.ts"

const document = OpenApi.fromApi(Api)
const text = JSON.stringify(document)

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  [item.get, item.post, item.patch, item.delete].flatMap((operation) =>
    operation === undefined ? [] : [{ path, operation }]
  )
)

describe("the contract as generators read it", () => {
  it.each(operations)("$path $operation.operationId has a verb, a summary and a tag", ({ operation }) => {
    assert.match(operation.operationId, /^[a-z]+[A-Z][A-Za-z]*$/)
    assert.isAbove((operation.summary ?? "").length, 10)
    assert.strictEqual(operation.tags.length, 1)
  })

  it.each(operations)("$path $operation.operationId needs a token unless it is a probe", ({ operation, path }) => {
    const isProbe = ["/health", "/ready"].includes(path)
    assert.deepStrictEqual(operation.security, isProbe ? [] : [{ bearer: [] }])
    assert.strictEqual("401" in operation.responses, !isProbe)
  })

  it.each(operations)("$path $operation.operationId speaks of its body only where it has one", ({ operation }) => {
    const hasBody = operation.requestBody !== undefined
    assert.deepStrictEqual(["413", "415"].map((status) => status in operation.responses), [hasBody, hasBody])
  })

  it("names components as they are on the wire and closes none", () => {
    assert.notInclude(text, "Encoded\"")
    assert.notInclude(text, "\"additionalProperties\":false")
    assert.notInclude(text, "\"_tag\"")
  })

  it("says that sign-in is a JWT as bearer, which licence holds and where it stands", () => {
    assert.deepInclude(document.components.securitySchemes["bearer"], {
      type: "http",
      scheme: "bearer",
      bearerFormat: "JWT"
    })
    assert.strictEqual(document.info.license?.name, "MIT")
    assert.isNotEmpty(document.servers ?? [])
    assert.isTrue(document.tags.every(({ description }) => (description ?? "").length > 0))
  })

  it("declares the header of every error that has one", () => {
    const responses = operations.flatMap(({ operation }) => Object.entries(operation.responses))
    for (const [status, { headers = {} }] of responses) {
      assert.property(headers, "X-Request-Id")
      assert.strictEqual("Retry-After" in headers, status === "503")
      assert.strictEqual("WWW-Authenticate" in headers, status === "401")
    }
  })
})
