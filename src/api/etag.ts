import { Schema } from "effect"

/** The header of a response that has a version. */
export const etag = { etag: Schema.String }

const sent = (description: string) => Schema.optionalKey(Schema.String.annotate({ description, examples: ["\"3.2\""] }))

export const ifNoneMatch = {
  "if-none-match": sent("An `ETag` that you have. If it is still current, the response is 304 without a body.")
}

export const ifMatch = {
  "if-match": sent("An `ETag` that you have read. If the report has changed since, the response is 412.")
}
