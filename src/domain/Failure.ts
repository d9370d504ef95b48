import { Context, Effect, Schema, SchemaTransformation } from "effect"

export const RequestId = Context.Reference<string>("crm-reports/domain/RequestId", { defaultValue: () => "" })

const reasons = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  501: "Not Implemented",
  503: "Service Unavailable",
  504: "Gateway Timeout"
} as const

type Status = keyof typeof reasons

/** When a failure is encoded, it gets the id of the current request. */
const requestId = Schema.String.pipe(
  Schema.decodeTo(
    Schema.String,
    SchemaTransformation.transformEffect({
      decode: (id: string) => Effect.succeed(id),
      encode: (id: string) => id === "" ? Effect.service(RequestId) : Effect.succeed(id)
    })
  ),
  Schema.withConstructorDefault(Effect.succeed(""))
)

/** `message` is not among these fields, because a 400 response has a list of messages. */
export const bodyFields = <S extends Status, Code extends string>(
  status: S,
  codes: readonly [Code, ...Array<Code>]
) => ({
  statusCode: Schema.tag(status),
  error: Schema.tag<(typeof reasons)[S]>(reasons[status]),
  code: Schema.Literals(codes).pipe(Schema.withConstructorDefault(Effect.succeed<Code>(codes[0]))),
  requestId
})

export interface Inside<Tag extends string> {
  readonly _tag: Tag
  readonly body: Schema.ConstraintEncoder<unknown>
}

export const asFailure = (made: unknown, tag: string, body: Schema.ConstraintEncoder<unknown>) => {
  if (typeof made === "function") Object.assign(made.prototype, { _tag: tag, body })
}

/** The body of such a failure has these fields, too. */
export const failureWith =
  <const Fields extends Readonly<Record<string, Schema.ConstraintEncoder<unknown>>>>(fields: Fields) =>
  <Self = never>() =>
  <const Tag extends string, const S extends Status, const Code extends string>(
    tag: Tag,
    { code, message, otherCodes = [], status }: {
      readonly status: S
      readonly code: Code
      readonly message: string
      readonly otherCodes?: ReadonlyArray<Code>
    }
  ) => {
    const body = Schema.Struct({
      ...bodyFields(status, [code, ...otherCodes]),
      message: Schema.String.pipe(Schema.withConstructorDefault(Effect.succeed(message))),
      ...fields
    })
    const made = Schema.Error<Self, Inside<Tag>>(tag)(body, { description: message, httpApiStatus: status })
    asFailure(made, tag, body)
    return made
  }

export const Failure = failureWith({})
