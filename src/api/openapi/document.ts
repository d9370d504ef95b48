import { Context } from "effect"
import { HttpApi, OpenApi } from "effect/http-api"
import { readFileSync } from "node:fs"
import { Api } from "../Api.ts"
import { Authentication, RequiredScope } from "../Authentication.ts"
import { withEnums } from "./enums.ts"
import { withErrors } from "./errors.ts"
import { withEvents } from "./events.ts"
import { withExamples } from "./examples/examples.ts"
import { withFiles } from "./files.ts"
import { withHeaders } from "./headers.ts"
import { child, type JsonObject, withOperations, withoutOrphans } from "./jsonTree.ts"
import { normalize, withParameterTexts, withSeparateRecords } from "./normalize.ts"
import { withNullableRequests, withOptionalBodies } from "./requests.ts"
import { withCatalogWidgets } from "./widgets.ts"

const sentenceFor = (scope: string) => scope === "session" ? "Keys are refused." : `A key needs the scope \`${scope}\`.`

const sentences = () => {
  const found = new Map<string, string>()
  HttpApi.reflect(Api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint, mergedAnnotations, middleware }) => {
      const id = Context.getOption(mergedAnnotations, OpenApi.Identifier)
      const isOpen = ![...middleware].some(({ key }) => key === Authentication.key)
      if (id._tag === "Some" && !isOpen) {
        found.set(id.value, sentenceFor(Context.get(endpoint.annotations, RequiredScope)))
      }
    }
  })
  return found
}

const withScopes = (document: JsonObject): JsonObject => {
  const found = sentences()
  return withOperations(document, (operation) => {
    const sentence = found.get(String(operation["operationId"]))
    const description = [operation["description"], sentence].filter((part) => part !== undefined).join(" ")
    return sentence === undefined ? operation : { ...operation, description }
  })
}

const guide = readFileSync(new URL("./guide.md", import.meta.url), "utf8").trimEnd()

const withGuide = (document: JsonObject): JsonObject => ({
  ...document,
  info: { ...child(document, "info"), description: guide }
})

/** An operation without a body cannot fail with 413 or 415, which `RequestGuard` declares everywhere. */
const withoutBodyErrors = (document: JsonObject): JsonObject =>
  withOperations(document, (operation) => {
    if ("requestBody" in operation) return operation
    const { 413: _tooLarge, 415: _otherType, ...responses } = child(operation, "responses")
    return { ...operation, responses }
  })

const steps = [
  normalize,
  withoutBodyErrors,
  withEnums,
  withCatalogWidgets,
  withParameterTexts,
  withNullableRequests,
  withOptionalBodies,
  withSeparateRecords,
  withErrors,
  withHeaders,
  withExamples,
  withFiles,
  withEvents,
  withScopes,
  withGuide,
  withoutOrphans
]

export const DescribedApi = Api.annotate(
  OpenApi.Transform,
  (document) => steps.reduce((described: JsonObject, step) => step(described), document)
)

export const document = (): JsonObject => ({ ...OpenApi.fromApi(DescribedApi) })
