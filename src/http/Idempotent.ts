import { Effect, Exit, Fiber, Layer, Schedule, Schema, type Types } from "effect"
import { HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"
import type { HttpApiEndpoint } from "effect/http-api"
import { reportLocation, snapshotLocation, subscriptionLocation } from "../api/headers.ts"
import { IdempotentReport, IdempotentSnapshot, IdempotentSubscription } from "../api/Idempotent.ts"
import { type Caller, CurrentCaller, hasScope } from "../domain/Caller.ts"
import { IdempotencyInProgress, IdempotencyKey } from "../domain/Idempotency.ts"
import { ReportId, SnapshotId, SubscriptionId } from "../domain/Ids.ts"
import { sha256OfJson } from "../domain/sha256.ts"
import type { Unreachable } from "../domain/Unavailable.ts"
import { Admission } from "../services/admission/Admission.ts"
import { Readiness } from "../services/database/Readiness.ts"
import type { Answer, Attempt, Claim } from "../services/reports/IdempotencyKeys/Claim.ts"
import { IdempotencyKeys } from "../services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { failureResponse } from "./middleware/errors.ts"
import { retryAfterSeconds } from "./middleware/responseHeaders.ts"

type Response = HttpServerResponse.HttpServerResponse

const isKey = Schema.is(IdempotencyKey)

/** The schema of the endpoint refuses an invalid key later. */
const attemptOf = Effect.fnUntraced(function*({ method, path }: HttpApiEndpoint.Top) {
  const request = yield* HttpServerRequest.HttpServerRequest
  const key = request.headers["idempotency-key"]
  if (!isKey(key)) return undefined
  const { params } = yield* HttpRouter.RouteContext
  const caller = yield* CurrentCaller
  const { organizationId, role, userId } = caller
  const named = Object.entries(params).map(([name, value]) => [name, value?.toLowerCase()])
  const body = yield* Effect.catch(request.json, () => request.text)
  // The fingerprint contains the rights, so that a caller with fewer rights cannot get the stored response.
  const rights = { role, ...(!hasScope(caller, "reports:read") && { receipt: true }) }
  const attempt: Attempt = {
    organizationId,
    id: sha256OfJson([userId, method, path, named, key]),
    fingerprint: sha256OfJson({ ...rights, body })
  }
  return attempt
})

const answerOf = ({ body, headers, status }: Response): Answer | undefined =>
  status >= 200 && status < 300 && body._tag === "Uint8Array"
    ? { status, etag: headers["etag"] ?? null, body: body.text ?? Buffer.from(body.body).toString() }
    : undefined

const conflict = (retryAfter: string) =>
  Effect.map(
    failureResponse(new IdempotencyInProgress()),
    HttpServerResponse.setHeader("retry-after", retryAfter)
  )

const replayed = ({ body, etag, status }: Answer, location: string) =>
  HttpServerResponse.text(body, {
    status,
    contentType: "application/json",
    headers: { "idempotency-replayed": "true", location, ...(etag === null ? {} : { etag }) }
  })

const everySecond = { schedule: Schedule.spaced("1 second"), times: 60 }

type ReadCheck<Id, E> = (caller: Caller, id: Id) => Effect.Effect<unknown, E>

/** With an idempotency key, the handler goes on after the client has disconnected. */
const idempotent = Effect.fnUntraced(function*<Id, E>(
  Id: Schema.Codec<Id, string>,
  locationOf: (id: Id) => string,
  mayRead: ReadCheck<Id, E>
) {
  const keys = yield* IdempotencyKeys
  const admission = yield* Admission
  const readiness = yield* Readiness
  const service = yield* Effect.scope
  /** `alive` has the requests of this process that hold a key. Only these certainly still run. */
  const alive = new Set<string>()
  const createdIn = Schema.decodeEffect(Schema.fromJsonString(Schema.Struct({ id: Id })))

  const settle = (attempt: Attempt, holder: string) =>
  (
    exit: Exit.Exit<Response, unknown>
  ) => {
    const answer = Exit.isSuccess(exit) ? answerOf(exit.value) : undefined
    const settled = answer === undefined ? keys.release(attempt, holder) : keys.keep(attempt, holder, answer)
    const insisting = Effect.retry(settled, everySecond).pipe(
      Effect.catchCause((cause) => Effect.logWarning("an idempotency key could not be released", cause)),
      Effect.ensuring(Effect.sync(() => alive.delete(holder)))
    )
    return Effect.matchCauseEffect(settled, {
      onFailure: () => Effect.forkIn(insisting, service),
      onSuccess: () => Effect.sync(() => alive.delete(holder))
    })
  }

  const replay = Effect.fnUntraced(function*(answer: Answer) {
    const { id } = yield* Effect.orDie(createdIn(answer.body))
    const caller = yield* CurrentCaller
    yield* admission.withPlace("reads", caller.organizationId)(mayRead(caller, id))
    return replayed(answer, locationOf(id))
  })

  return Effect.fnUntraced(function*(
    handler: Effect.Effect<Response, Types.unhandled>,
    { endpoint }: { readonly endpoint: HttpApiEndpoint.Top }
  ) {
    const attempt = yield* Effect.orDie(attemptOf(endpoint))
    if (attempt === undefined) return yield* handler
    const answer = (claim: Claim): Effect.Effect<Response, E | Unreachable | Types.unhandled, CurrentCaller> => {
      switch (claim._tag) {
        case "Answered":
          return replay(claim.answer)
        case "InProgress":
          return conflict(alive.has(claim.holder) ? retryAfterSeconds : String(claim.seconds))
        case "Claimed":
          alive.add(claim.holder)
          return Effect.onExit(handler, settle(attempt, claim.holder))
      }
    }
    const answered = Effect.flatMap(admission.withPlace("reads", attempt.organizationId)(keys.claim(attempt)), answer)
    // The place of the run stays taken until the handler ends. When the service shuts down, nothing waits for it.
    return yield* Effect.uninterruptibleMask((restore) =>
      Effect.flatMap(
        Effect.forkIn(answered, service),
        (fiber) =>
          Effect.onInterrupt(restore(Fiber.join(fiber)), () =>
            Effect.asVoid(Effect.raceFirst(Fiber.await(fiber), readiness.drained)))
      )
    )
  })
})

const IdempotentReportLayer = Layer.effect(
  IdempotentReport,
  ReportRepo.use((reports) => idempotent(ReportId, reportLocation, reports.find))
)

const IdempotentSnapshotLayer = Layer.effect(
  IdempotentSnapshot,
  SnapshotRepo.use((snapshots) => idempotent(SnapshotId, snapshotLocation, snapshots.find))
)

const IdempotentSubscriptionLayer = Layer.effect(
  IdempotentSubscription,
  SubscriptionRepo.use((subscriptions) => idempotent(SubscriptionId, subscriptionLocation, subscriptions.find))
)

export const IdempotentLayer = Layer.mergeAll(
  IdempotentReportLayer,
  IdempotentSnapshotLayer,
  IdempotentSubscriptionLayer
)
