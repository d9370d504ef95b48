import { Effect, Schema, SchemaTransformation } from "effect"
import { asFailure, bodyFields, type Inside } from "./Failure.ts"

export const Issue = Schema.Struct({
  path: Schema.String.annotateKey({ description: "Path of the invalid value.", examples: ["layout.widgets[3].chart"] }),
  message: Schema.String.annotateKey({ description: "What is wrong with the value." })
}).annotate({ identifier: "Issue" })
export type Issue = typeof Issue.Type

const sentences = Schema.Array(Schema.String).pipe(Schema.decodeTo(
  Schema.String,
  SchemaTransformation.transform({ decode: (list) => list.join("\n"), encode: (text) => text.split("\n") })
))

const description = "The request is not valid."

const body = Schema.Struct({
  ...bodyFields(400, ["invalid_request"]),
  message: sentences.pipe(Schema.withConstructorDefault(Effect.succeed(description))),
  issues: Schema.Array(Issue).pipe(Schema.withConstructorDefault(Effect.succeed([])))
})

/** A path contains field names of the client, which may contain line breaks. */
export const sentence = ({ message, path }: Issue) =>
  (path === "" ? message : `${path}: ${message}`).replaceAll("\n", " ")

export class InvalidRequest extends Schema.Error<InvalidRequest, Inside<"InvalidRequest">>("InvalidRequest")(
  body,
  { description, httpApiStatus: 400 }
) {
  static readonly of = (issues: ReadonlyArray<Issue>) =>
    new InvalidRequest({ issues, message: issues.map(sentence).join("\n") })

  static readonly because = (message: string) => InvalidRequest.of([{ path: "", message }])
}
asFailure(InvalidRequest, "InvalidRequest", body)
