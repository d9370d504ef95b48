import { Context } from "effect"
import { HttpApi, OpenApi } from "effect/http-api"
import { Api } from "../Api.ts"
import { Authentication } from "../Authentication.ts"
import { RequiredScope } from "../RequiredScope.ts"
import { type JsonObject, withOperations } from "./jsonTree.ts"

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

export const withScopes = (document: JsonObject): JsonObject => {
  const found = sentences()
  return withOperations(document, (operation) => {
    const sentence = found.get(String(operation["operationId"]))
    const description = [operation["description"], sentence].filter((part) => part !== undefined).join(" ")
    return sentence === undefined ? operation : { ...operation, description }
  })
}
