import { assert, describe, it } from "@effect/vitest"
import { Effect, Result, Schema } from "effect"
import { HttpApi, type HttpApiEndpoint } from "effect/http-api"
import { Api } from "../../src/api/Api.ts"
import { child, nameOf, schemasOf } from "../../src/api/openapi/jsonTree.ts"
import { metricsById } from "../../src/metrics/all.ts"
import { contract, faultOf } from "../support/contract.ts"
import { chanceFrom } from "../support/generative/chance.ts"
import { operations } from "../support/generative/requestFor.ts"
import { spoiled } from "../support/generative/spoiled.ts"
import { valueOf } from "../support/generative/valueOf.ts"

const bodies = 150

const endpoints = new Map<string, HttpApiEndpoint.Top>()
HttpApi.reflect(Api, {
  onGroup: () => undefined,
  onEndpoint: ({ endpoint }) => {
    endpoints.set(`${endpoint.method} ${endpoint.path.replaceAll(/:(\w+)/g, "{$1}")}`, endpoint)
  }
})

const decoderOf = ({ method, path }: (typeof operations)[number]) => {
  const [payload] = [...(endpoints.get(`${method} ${path}`)?.payload.values() ?? [])].flatMap(({ schemas }) => schemas)
  const decode = Schema.decodeUnknownEffect(Schema.make<Schema.Codec<unknown>>((payload ?? assert.fail(path)).ast))
  return (body: unknown) => Effect.runSync(Effect.result(decode(body)))
}

/** Rules that JSON Schema cannot express, or that a later version may relax. The descriptions say them. */
const unexpressed = [
  "must not contain NUL characters or unpaired surrogates",
  "must be a number that can be stored exactly",
  "must not have more than 64 keys",
  "must not be nested deeper than",
  "must not be larger than",
  "is not a property of",
  "is not a key of a point",
  "is not a choice of people",
  "is not the name of a stage",
  "its name must",
  "must have at most two decimals",
  "must be a language tag",
  "is used by another widget",
  "needs `visibility` beside it",
  "because the visibility is `people`",
  "is only for the visibility `people`",
  "must have either `above` or `below`",
  "must have either `organization: true` or `people`"
]

/** A wrong value of such a property fails only its widget, or counts nothing. The contract names only the right values. */
const defensive =
  /\/(filters|defaultFilters|timeframe|defaultTimeframe|metricId|chart|groupBy|within|widgets\/\d+\/\w+)\b/

const withBody = operations.filter(({ operation }) => "requestBody" in operation)

describe("the bodies that the contract and the server accept", () => {
  it.each(withBody)("$id accepts an absent body only if its contract says so", (one) => {
    const isOptional = child(one.operation, "requestBody")["required"] === false
    assert.strictEqual(Result.isSuccess(decoderOf(one)(undefined)), isOptional)
  })

  it.each(withBody)("$id accepts the same bodies as its schema", (one) => {
    const { method, operation, path } = one
    const content = ["requestBody", "content", "application/json", "schema"]
    const place = ["paths", path, method.toLowerCase(), ...content]
    const chance = chanceFrom(20_261_201)
    const decode = decoderOf(one)
    const differences = Array.from({ length: bodies }, () => {
      const valid = valueOf(child(operation, ...content), chance)
      const body: unknown = JSON.parse(JSON.stringify((chance.isOneIn(2) ? valid : spoiled(valid, chance)) ?? {}))
      const [documented, decoded] = [faultOf(place, body), decode(body)]
      if (Result.isFailure(decoded)) {
        const message = String(decoded.failure)
        return documented === undefined && !unexpressed.some((rule) => message.includes(rule))
          ? [`the server refuses: ${message}\n${JSON.stringify(body)}`]
          : []
      }
      return documented !== undefined && !defensive.test(documented)
        ? [`the contract refuses: ${documented}\n${JSON.stringify(body)}`]
        : []
    })
    assert.deepStrictEqual(differences.flat(), [])
  })
  it("only a widget of a ranking lists `table`", () => {
    const schemas = schemasOf(contract)
    const places = child(schemas, "WidgetRequest", "discriminator", "mapping")
    const named = [...metricsById].filter(([metricId]) =>
      "table" in child(schemas, nameOf({ $ref: places[metricId] }) ?? "", "properties")
    )
    const rankings = [...metricsById].filter(([, { shape }]) => shape === "leaderboard")
    assert.deepStrictEqual(named.map(([id]) => id), rankings.map(([id]) => id))
  })
})
