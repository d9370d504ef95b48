import { Schema, SchemaTransformation } from "effect"

/** A moment. The OpenAPI document has the description. */
export const instant = (description: string) =>
  Schema.String.annotateKey({ description, format: "date-time" }).pipe(
    Schema.decodeTo(Schema.DateTimeUtc, SchemaTransformation.dateTimeUtcFromString)
  )
