import { OpenApi } from "effect/http-api"
import { readFileSync } from "node:fs"
import { Api } from "../Api.ts"
import { withEnums } from "./enums.ts"
import { withErrors } from "./errors.ts"
import { withEvents } from "./events.ts"
import { withExamples } from "./examples/examples.ts"
import { withFiles } from "./files.ts"
import { withHeaders } from "./headers.ts"
import { child, type JsonObject, withOperations, withoutOrphans } from "./jsonTree.ts"
import { normalize, withParameterTexts, withSeparateRecords } from "./normalize.ts"
import { withNullableRequests, withOptionalBodies } from "./requests.ts"
import { withScopes } from "./scopes.ts"
import { withCatalogWidgets } from "./widgets.ts"

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
