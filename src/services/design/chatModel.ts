import { Effect, Predicate, type Redacted, Schema, Stream } from "effect"
import { AiError, LanguageModel, OpenAiStructuredOutput, type Prompt, type Response } from "effect/ai"
import { FetchHttpClient, type HttpClientError, HttpClientRequest, type HttpClientResponse } from "effect/http"
import { untracedClient } from "../../telemetry/untracedClient.ts"

export interface ChatAccess {
  /** The service appends `/chat/completions` to this URL. */
  readonly url: string
  readonly model: string
  readonly apiKey?: Redacted.Redacted
}

const maxAnswerBytes = 128 * 1024

const Completion = Schema.Struct({
  choices: Schema.NonEmptyArray(
    Schema.Struct({
      message: Schema.Struct({
        content: Schema.optionalKey(Schema.NullOr(Schema.String)),
        refusal: Schema.optionalKey(Schema.NullOr(Schema.String))
      })
    })
  )
})
const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(Completion))

const failed = (reason: AiError.AiErrorReason) => AiError.make({ module: "chatModel", method: "generateText", reason })

const ofStatus = (status: number) =>
  failed(
    status === 429
      ? new AiError.RateLimitError({})
      : new AiError.InternalProviderError({ description: `status ${status}` })
  )

const textOf = ({ content }: Prompt.Message): string =>
  typeof content === "string" ? content : content.flatMap((part) => part.type === "text" ? [part.text] : []).join("")

const codeOf = (error: unknown): string | undefined => {
  if (Predicate.hasProperty(error, "code") && typeof error.code === "string") return error.code
  return Predicate.hasProperty(error, "cause") ? codeOf(error.cause) : undefined
}

const detailOf = (error: HttpClientError.HttpClientError | Schema.SchemaError) =>
  error._tag === "HttpClientError"
    ? [error.reason._tag, codeOf(error.reason)].filter(Predicate.isNotUndefined).join(" ")
    : error._tag

/** A redirect could send the wish to another host. */
const noRedirect = { redirect: "error" } as const

const noUsage: typeof Response.Usage.Encoded = { inputTokens: {}, outputTokens: {} }

/** An answer over `maxAnswerBytes` fails, because it might never end. */
const bodyOf = ({ stream }: HttpClientResponse.HttpClientResponse) =>
  stream.pipe(
    Stream.runFoldEffect((): ReadonlyArray<Uint8Array> => [], (chunks, chunk) => {
      const all = [...chunks, chunk]
      const size = all.reduce((sum, { length }) => sum + length, 0)
      return size > maxAnswerBytes
        ? Effect.fail(failed(new AiError.InternalProviderError({ description: "the answer is too large" })))
        : Effect.succeed(all)
    }),
    Effect.map((chunks) => Buffer.concat(chunks).toString("utf8"))
  )

export const chatModel = Effect.fnUntraced(function*({ apiKey, model, url }: ChatAccess) {
  const http = yield* untracedClient
  const authorized = (request: HttpClientRequest.HttpClientRequest) =>
    apiKey === undefined ? request : HttpClientRequest.bearerToken(request, apiKey)

  const generateText = Effect.fnUntraced(
    function*({ prompt, responseFormat }: LanguageModel.ProviderOptions) {
      const format = responseFormat.type === "json" && {
        response_format: {
          type: "json_schema",
          json_schema: {
            name: responseFormat.objectName,
            strict: true,
            schema: OpenAiStructuredOutput.toCodecOpenAI(responseFormat.schema).jsonSchema
          }
        }
      }
      const body = {
        model,
        messages: prompt.content.map((one) => ({ role: one.role, content: textOf(one) })),
        ...format
      }
      const request = HttpClientRequest.post(`${url}/chat/completions`).pipe(
        HttpClientRequest.bodyJsonUnsafe(body),
        authorized
      )
      const response = yield* Effect.provideService(http.execute(request), FetchHttpClient.RequestInit, noRedirect)
      if (response.status < 200 || response.status > 299) return yield* ofStatus(response.status)
      const { choices: [{ message: { content, refusal } }] } = yield* decode(yield* bodyOf(response))
      if (refusal != null && refusal !== "") {
        return yield* failed(new AiError.ContentPolicyError({ description: "the model refused" }))
      }
      const parts: Array<Response.PartEncoded> = [
        { type: "text", text: content ?? "" },
        { type: "finish", reason: "stop", usage: noUsage }
      ]
      return parts
    },
    Effect.mapError((error) =>
      AiError.isAiError(error) ? error : failed(new AiError.InternalProviderError({ description: detailOf(error) }))
    )
  )
  return yield* LanguageModel.make({
    codecTransformer: OpenAiStructuredOutput.toCodecOpenAI,
    generateText,
    streamText: () => Stream.empty
  })
})
