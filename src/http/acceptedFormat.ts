import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import Negotiator from "negotiator"
import { contentTypes, DocumentFormat } from "../domain/DocumentFormat.ts"

const json = "application/json"

/** JSON is first, so it is chosen if the client accepts anything. */
const offered = [json, ...Object.values(contentTypes)]

export const formatIn = (accept: string | undefined): DocumentFormat | undefined => {
  if (accept === undefined) return undefined
  const preferred = new Negotiator({ headers: { accept } }).mediaType(offered)
  return DocumentFormat.literals.find((format) => contentTypes[format] === preferred)
}

export const acceptedFormat = Effect.map(
  HttpServerRequest.HttpServerRequest,
  ({ headers }) => formatIn(headers["accept"])
)
