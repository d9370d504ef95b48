import canonicalize from "canonicalize"
import { Effect, Exit, Fiber, Layer, Result, Schedule, Schema } from "effect"
import { HttpRouter, HttpServerRequest, HttpServerRespondable, HttpServerResponse } from "effect/http"
import type { HttpApiEndpoint } from "effect/http-api"
import { createHash } from "node:crypto"
import { Idempotent } from "../api/Idempotent.ts"
import { CurrentCaller } from "../domain/Caller.ts"
import { IdempotencyKey } from "../domain/Idempotency.ts"
import { Reading } from "../services/limits/ReadLimiter.ts"
import type { Answer } from "../services/reports/IdempotencyKeys/Claim.ts"
import { type Attempt, IdempotencyKeys } from "../services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { retryAfterSeconds } from "./middleware/responseHeaders.ts"

/** What has no canonical form, such as half a surrogate pair, will be refused: any form does for it. */
const canonical = (value: unknown): string =>
  Result.getOrElse(Result.try(() => canonicalize(value)), () => JSON.stringify(value)) ?? ""

const digestOf = (value: unknown) => createHash("sha256").update(canonical(value)).digest("hex")

const isKey = Schema.is(IdempotencyKey)

/** The attempt that the `Idempotency-Key` names; undefined without a valid one, about which the contract answers. */
const attemptOf = Effect.fnUntraced(function*({ method, path }: HttpApiEndpoint.Top) {
  const request = yield* HttpServerRequest.HttpServerRequest
  const key = request.headers["idempotency-key"]
  if (!isKey(key)) return undefined
  const { params } = yield* HttpRouter.RouteContext
  const { organizationId, role, userId } = yield* CurrentCaller
  const named = Object.entries(params).map(([name, value]) => [name, value?.toLowerCase()])
  const body = yield* Effect.catch(request.json, () => request.text)
  // Whoever is no admin any more does not get again what was made as one.
  const attempt: Attempt = {
    organizationId,
    id: digestOf([userId, method, path, named, key]),
    fingerprint: digestOf({ role, body })
  }
  return attempt
})

const answerOf = ({ body, headers, status }: HttpServerResponse.HttpServerResponse): Answer | undefined =>
  status >= 200 && status < 300 && body._tag === "Uint8Array"
    ? { status, etag: headers["etag"] ?? null, body: body.text ?? Buffer.from(body.body).toString() }
    : undefined

const replayed = ({ body, etag, status }: Answer) =>
  HttpServerResponse.text(body, {
    status,
    contentType: "application/json",
    headers: { "idempotency-replayed": "true", ...(etag === null ? {} : { etag }) }
  })

/** About as long as the key stays claimed if nobody can be told. */
const everySecond = { schedule: Schedule.spaced("1 second"), times: 60 }

/** Runs a request with a key once, even if its client hangs up; only what succeeded is kept. */
export const IdempotentLayer = Layer.effect(
  Idempotent,
  Effect.gen(function*() {
    const keys = yield* IdempotencyKeys
    const reading = yield* Reading
    const service = yield* Effect.scope

    const settle = (attempt: Attempt, holder: string) =>
    (
      exit: Exit.Exit<HttpServerResponse.HttpServerResponse, unknown>
    ) => {
      const answer = Exit.isSuccess(exit) ? answerOf(exit.value) : undefined
      const settled = answer === undefined ? keys.release(attempt, holder) : keys.keep(attempt, holder, answer)
      const insisting = Effect.retry(settled, everySecond).pipe(
        Effect.catch((error) => Effect.logWarning("an idempotency key stays claimed", error))
      )
      return Effect.catch(settled, () => Effect.forkIn(insisting, service))
    }

    return Effect.fnUntraced(function*(handler, { endpoint }) {
      const attempt = yield* Effect.orDie(attemptOf(endpoint))
      if (attempt === undefined) return yield* handler
      const once = Effect.flatMap(
        reading.inTurn(attempt.organizationId)(keys.claim(attempt)),
        (claim) =>
          claim._tag === "Answered"
            ? Effect.succeed(replayed(claim.answer))
            : Effect.onExit(handler, settle(attempt, claim.holder))
      )
      return yield* Fiber.join(yield* Effect.forkIn(once, service)).pipe(
        Effect.catchTag("IdempotencyInProgress", (conflict) =>
          Effect.map(
            HttpServerRespondable.toResponse(conflict),
            HttpServerResponse.setHeader("retry-after", retryAfterSeconds)
          ))
      )
    })
  })
).pipe(Layer.provide(Reading.layer))
