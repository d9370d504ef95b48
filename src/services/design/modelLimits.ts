import { Cause, Data, type Duration, Effect, Exit, Option } from "effect"
import { CircuitBreaker, RateLimiter } from "effect/persistence"
import type { Caller } from "../../domain/Caller.ts"
import { byMonotonicClock, byWallClock } from "../../domain/clocks.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"

/** `none`: this service has no model. `spent`: the limit of drafts by the model is reached for now. */
type Reason = "none" | "busy" | "spent" | "unavailable" | "late" | "refused" | "unusable"

export class NoAnswer extends Data.TaggedError("NoAnswer")<{
  readonly reason: Reason
  /** `detail` is logged, so it must not contain text of the wish or of the model. */
  readonly detail?: string
}> {}

export interface ModelLimits {
  /** `timeout` is for one draft, with all attempts to correct a faulty answer. */
  readonly timeout: Duration.Duration
  readonly draftsPerDay: number
}

const maxRunning = 8
const perPersonAndHour = 30
const breaker = { tripPolicy: CircuitBreaker.consecutive(5), openDuration: "30 seconds" } as const

const isOutage = ({ reason }: NoAnswer) => reason === "unavailable" || reason === "late"

/** The circuit breaker ignores a draft that was interrupted, or that failed without the model. */
const classify = (exit: Exit.Exit<unknown, NoAnswer | Unreachable>) => {
  if (Exit.isSuccess(exit)) return CircuitBreaker.success
  const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause))
  if (!(error instanceof NoAnswer) || error.reason === "spent") return CircuitBreaker.ignored
  return isOutage(error) ? CircuitBreaker.failure() : CircuitBreaker.success
}

export const modelLimits = Effect.fnUntraced(function*({ draftsPerDay, timeout }: ModelLimits) {
  const circuit = yield* CircuitBreaker.make(breaker)
  const { consume } = yield* RateLimiter.make
  const running = new Set<string>()

  const spend = ({ organizationId, userId }: Caller) =>
    Effect.all([
      consume({ key: JSON.stringify([organizationId, userId]), limit: perPersonAndHour, window: "1 hour" }),
      consume({ key: JSON.stringify([organizationId]), limit: draftsPerDay, window: "1 day" })
    ]).pipe(Effect.mapError(() => new NoAnswer({ reason: "spent" })))

  const start = (person: string) =>
    Effect.suspend(() => {
      if (running.has(person) || running.size >= maxRunning) return Effect.fail(new NoAnswer({ reason: "busy" }))
      running.add(person)
      return Effect.succeed(person)
    })

  return (caller: Caller) => <A>(draft: Effect.Effect<A, NoAnswer | Unreachable>) => {
    const limited = Effect.andThen(spend(caller), byWallClock(draft)).pipe(
      Effect.timeoutOrElse({ duration: timeout, orElse: () => Effect.fail(new NoAnswer({ reason: "late" })) })
    )
    return Effect.acquireUseRelease(
      start(JSON.stringify([caller.organizationId, caller.userId])),
      () => byMonotonicClock(circuit.execute(limited, { key: "model", classify })),
      (person) => Effect.sync(() => void running.delete(person))
    ).pipe(Effect.catchTag("CircuitBreakerError", () => Effect.fail(new NoAnswer({ reason: "unavailable" }))))
  }
})
