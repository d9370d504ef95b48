import { Cause, Effect, Predicate, Schema } from "effect"
import { HttpServerError, HttpServerResponse } from "effect/http"
import { HttpApiError } from "effect/http-api"
import { BodyTooLarge, InternalError, RouteNotFound } from "../../api/RequestFailures.ts"
import type { Inside } from "../../domain/Failure.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import { Unavailable } from "../../domain/Unavailable.ts"

type Failed = Inside<string> & { readonly statusCode: number }

interface Outcome {
  readonly failure: Failed
  readonly isDefect: boolean
}

const expected = (failure: Failed): Outcome => ({ failure, isDefect: false })

const defect: Outcome = { failure: new InternalError(), isDefect: true }

export const incomplete = () => InvalidRequest.because("The request body could not be read completely.")

export const unreadable = ({ reason }: HttpServerError.HttpServerError) =>
  reason._tag === "RequestParseError" && reason.reason === "BodyTooLarge" ? new BodyTooLarge() : incomplete()

const ofServerError = (error: HttpServerError.HttpServerError): Outcome => {
  switch (error.reason._tag) {
    case "RouteNotFound":
      return expected(new RouteNotFound())
    case "RequestParseError":
      return expected(unreadable(error))
    case "InternalError":
    case "ResponseError":
      return defect
  }
}

const isFailure = (error: unknown): error is Failed =>
  Predicate.hasProperty(error, "body") && Schema.isSchema(error.body) && Predicate.hasProperty(error, "statusCode")

export const failureBody = (failure: Failed): Effect.Effect<unknown> =>
  Effect.orDie(Schema.encodeUnknownEffect(failure.body)(failure))

export const failureResponse = (failure: Failed): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
  Effect.map(
    failureBody(failure),
    (json) => HttpServerResponse.jsonUnsafe(json, { status: failure.statusCode })
  )

const outcomeOf = (error: unknown): Outcome => {
  if (HttpServerError.isHttpServerError(error)) return ofServerError(error)
  if (HttpApiError.HttpApiSchemaError.is(error)) return defect
  return isFailure(error) ? expected(error) : defect
}

export const isClientGone = (cause: Cause.Cause<unknown>): boolean =>
  Cause.hasInterruptsOnly(cause) &&
  cause.reasons.some((reason) => reason.annotations.has(HttpServerError.ClientAbort.key))

export const failureOf = (cause: Cause.Cause<unknown>): Outcome => {
  if (Cause.hasInterruptsOnly(cause)) return expected(new Unavailable())
  const outcomes = cause.reasons.flatMap((reason) => {
    switch (reason._tag) {
      case "Fail":
        return [outcomeOf(reason.error)]
      case "Die":
        return [outcomeOf(reason.defect)]
      case "Interrupt":
        return []
    }
  })
  return outcomes.find(({ isDefect }) => isDefect) ?? outcomes[0] ?? defect
}
