import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Option } from "effect"
import { Config, problemsOf } from "../../../src/Config.ts"
import { recordLink } from "../../../src/services/run/recordOf.ts"

const given = (CRM_RECORD_URL: string) => ConfigProvider.layer(ConfigProvider.fromEnv({ env: { CRM_RECORD_URL } }))

const template = "https://crm.example/{type}/{id}?from=reports"

describe("CRM_RECORD_URL", () => {
  it.effect.each([
    "http://crm.example/{type}/{id}",
    "javascript:alert('{type}{id}')",
    "//crm.example/{type}/{id}",
    "/{type}/{id}",
    "https://crm.example/",
    "https://crm.example/{type}",
    "https://crm.example/{id}",
    "https://{id}.crm.example/{type}",
    "https://{type}/{id}",
    "https://crm.example:{id}/{type}",
    "{type}{id}"
  ])("CRM_RECORD_URL=%s is refused", (text) =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(Effect.provide(Config.recordUrl, given(text)))
      assert.match(problemsOf(error).join(), /^CRM_RECORD_URL: ".*" is not a template such as https:/)
    }))

  it.effect.each(["https://crm.example/{type}/{id}", template, "https://crm.example:8443/#/{type}?id={id}"])(
    "CRM_RECORD_URL=%s is accepted",
    (text) =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* Effect.provide(Config.recordUrl, given(text)), Option.some(text))
      })
  )

  it.effect("an empty CRM_RECORD_URL counts as absent", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* Effect.provide(Config.recordUrl, given("")), Option.none())
    }))
})

describe("a link to a record", () => {
  it.each([
    ["lead_1", "https://crm.example/lead/lead_1?from=reports"],
    ["a/b?c#d", "https://crm.example/lead/a%2Fb%3Fc%23d?from=reports"],
    ["../admin", "https://crm.example/lead/..%2Fadmin?from=reports"],
    ["{type}", "https://crm.example/lead/%7Btype%7D?from=reports"],
    ["$&", "https://crm.example/lead/%24%26?from=reports"],
    ["ü %", "https://crm.example/lead/%C3%BC%20%25?from=reports"],
    ["https://evil.example", "https://crm.example/lead/https%3A%2F%2Fevil.example?from=reports"]
  ])("the id %s is percent-encoded in the link to its record", (id, link) => {
    assert.strictEqual(recordLink(template)("lead", id), link)
    assert.strictEqual(new URL(link).origin, "https://crm.example")
  })

  it.each(["", ".", ".."])("a record with the id %j has no link", (id) => {
    assert.isUndefined(recordLink(template)("lead", id))
  })

  it("no record has a link when CRM_RECORD_URL is absent", () => {
    assert.isUndefined(recordLink(undefined)("lead", "lead_1"))
  })
})
