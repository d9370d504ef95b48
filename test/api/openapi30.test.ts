import { assert, describe, it } from "@effect/vitest"
import { downgrade } from "../../src/api/openapi/downgrade.ts"
import {
  child,
  isJsonObject,
  itemsOf,
  type JsonObject,
  operationsOf,
  reachedFrom,
  schemasOf,
  textsOf
} from "../../src/api/openapi/jsonTree.ts"
import { contract } from "../support/contract.ts"

const nameIn = ($ref: unknown) => String($ref).split("/").at(-1) ?? ""

const mayBeNull = ({ anyOf, type }: JsonObject): boolean =>
  textsOf(type).includes("null") || itemsOf(anyOf).some((choice) => choice["type"] === "null" || mayBeNull(choice))

describe("the contract as OpenAPI 3.0", () => {
  it("the contract as OpenAPI 3.0 has no keyword of OpenAPI 3.1", () => {
    const old = JSON.stringify(downgrade(contract))
    assert.notMatch(old, /"type":\[|"const":|"type":"null"/)
  })

  it("the contract as OpenAPI 3.0 has the same operations, with the same statuses", () => {
    const statuses = (document: JsonObject) =>
      operationsOf(document).map((one) => [one["operationId"], Object.keys(child(one, "responses"))])
    assert.deepStrictEqual(statuses(downgrade(contract)), statuses(contract))
  })

  it("the contract as OpenAPI 3.0 has null for each property of a response that may be null", () => {
    const low = downgrade(contract)
    const targetOf = ({ allOf }: JsonObject) => itemsOf(allOf).map(({ $ref }) => child(schemasOf(low), nameIn($ref)))
    const isNullable = (node: JsonObject): boolean =>
      (node["nullable"] === true && targetOf(node).every(isNullable)) || itemsOf(node["anyOf"]).some(isNullable)
    const [sent, received] = ["requestBody", "responses"].map((part) =>
      reachedFrom(contract, operationsOf(contract).map((operation) => operation[part]))
    )
    const nullables = [...received ?? []].flatMap((name) =>
      Object.entries(child(schemasOf(contract), name, "properties")).flatMap(([key, property]) => {
        // Such a property may be null only in a request.
        const isOption = sent?.has(name) === true &&
          !textsOf(child(schemasOf(contract), name)["required"]).includes(key)
        return isJsonObject(property) && mayBeNull(property) && !isOption ? [[name, key] as const] : []
      })
    )
    assert.isAbove(nullables.length, 50)
    const lost = nullables.filter(([name, key]) => !isNullable(child(schemasOf(low), name, "properties", key)))
    assert.deepStrictEqual(lost, [])
  })

  const stat = { $ref: "#/components/schemas/Stat" }
  it.each(
    [
      ["a type or null", { type: ["string", "null"] }, { type: "string", nullable: true }],
      ["two types", { type: ["number", "string"] }, { anyOf: [{ type: "number" }, { type: "string" }] }],
      ["a reference with a text", { ...stat, description: "Text." }, { description: "Text.", allOf: [stat] }],
      ["examples", { type: "string", examples: ["a", "b"] }, { type: "string", example: "a" }],
      ["a reference or null", { anyOf: [stat, { type: "null" }] }, { type: "object", nullable: true, allOf: [stat] }],
      [
        "an enumeration or null",
        { anyOf: [{ $ref: "#/components/schemas/Kind" }, { type: "null" }], description: "Text." },
        { type: "string", enum: ["a", null], nullable: true, description: "Text." }
      ]
    ] as const
  )("the contract as OpenAPI 3.0 writes %s in its own way", (_what, property, expected) => {
    const kind = { $ref: "#/components/schemas/Kind" }
    const schemas = {
      Stat: { type: "object" },
      Kind: { type: "string", enum: ["a"] },
      Card: { type: "object", properties: { property, kind } }
    }
    const low = downgrade({ openapi: "3.1.0", info: {}, components: { schemas } })
    assert.deepStrictEqual(child(low, "components", "schemas", "Card", "properties", "property"), expected)
  })
})
