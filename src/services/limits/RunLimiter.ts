import { Clock, Context, Duration, Effect, Layer } from "effect"
import { identity } from "effect/Function"
import { Config } from "../../Config.ts"
import type { OrgId } from "../../domain/Ids.ts"
import { Unavailable } from "../../domain/Unavailable.ts"
import { tallied, watched } from "../../telemetry/measure.ts"
import { shed, widgetsPending } from "../../telemetry/metrics.ts"
import { makeBacklog } from "./backlog.ts"
import { atMost } from "./perOrganization.ts"

/** The runs in progress of an organization may need this part of WIDGET_TIMEOUT. */
const maxShare = 1 / 5

/** More runs at a time would not be faster, and each would hold memory for longer. */
const maxAtOnce = 16

interface Limiter {
  /** While this is false, `isOverloaded` is false for every organization. */
  readonly isAnyCrowded: () => boolean
  /** Gives true if the runs in progress of the organization will take too long (`backlog.ts`). */
  readonly isOverloaded: (organizationId: OrgId) => Effect.Effect<boolean>
  readonly refuse: Effect.Effect<never, Unavailable>
  /** Refuses if the organization is overloaded. */
  readonly shedLoad: (organizationId: OrgId) => Effect.Effect<void, Unavailable>
  /** `run` must execute `endWidget` after each widget. */
  readonly counted: <A, E, R>(
    organizationId: OrgId,
    widgets: number,
    run: (endWidget: Effect.Effect<void>) => Effect.Effect<A, E, R>
  ) => Effect.Effect<A, E, R>
  /** At most 16 runs of an organization have a permit at a time. A live stream needs none, because its client may be slow. */
  readonly withPermit: (organizationId: OrgId) => <A, E, R>(run: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

export const RunLimiter = Context.Reference<Limiter>("crm-reports/services/limits/RunLimiter", {
  defaultValue: () => ({
    isAnyCrowded: () => false,
    isOverloaded: () => Effect.succeed(false),
    refuse: Effect.fail(new Unavailable()),
    shedLoad: () => Effect.void,
    counted: (_organizationId, _widgets, run) => run(Effect.void),
    withPermit: () => identity
  })
})

const make = Effect.gen(function*() {
  const backlog = makeBacklog(Duration.times(yield* Config.widgetTimeout, maxShare))
  const withPermit = yield* atMost(maxAtOnce)
  const refused = Effect.fail(new Unavailable())
  let refusals = 0
  yield* watched(widgetsPending, backlog.pending)
  yield* tallied(shed({ limit: "runs" }), () => refusals)
  const isOverloaded = (organizationId: OrgId) =>
    Effect.map(Clock.monotonicTimeNanos, (now) => backlog.isTooLong(organizationId, now))
  const refuse = Effect.suspend(() => {
    refusals += 1
    return refused
  })
  const limiter: Limiter = {
    isAnyCrowded: backlog.isAnyCrowded,
    isOverloaded,
    refuse,
    shedLoad: (organizationId) =>
      backlog.isAnyCrowded()
        ? Effect.flatMap(isOverloaded(organizationId), (is) => is ? refuse : Effect.void)
        : Effect.void,
    counted: (organizationId, widgets, run) =>
      Effect.acquireUseRelease(
        Effect.map(Clock.monotonicTimeNanos, (now) => backlog.begin(organizationId, widgets, now)),
        ({ endWidget }) => run(Effect.map(Clock.monotonicTimeNanos, endWidget)),
        ({ end }) => Effect.sync(end)
      ),
    withPermit
  }
  return limiter
})

export const runLimiter = Layer.effect(RunLimiter, make)
