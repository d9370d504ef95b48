import { Effect, Result } from "effect"
import type { RunRequest } from "../../domain/Run.ts"
import type { Scope } from "../../domain/Scope.ts"
import type { WidgetFault } from "../../domain/Series.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { metricsById } from "../../metrics/all.ts"
import type { Metric } from "../../metrics/Metric.ts"
import type { PlannedTargets, Weights } from "../../query/Plan.ts"
import type { Goals } from "../goals/Goals.ts"

export type PlannedWeights = Weights | "unavailable"

/** Reads the targets of the people in scope, if a widget asks for its target. */
export const targetsFor =
  (goals: Pick<Goals["Service"], "targetsOf">) =>
  (scope: Scope, { widgets }: RunRequest): Effect.Effect<PlannedTargets | undefined, Unreachable> => {
    const metricIds = [...new Set(widgets.filter(({ target }) => target === true).map(({ metricId }) => metricId))]
    if (metricIds.length === 0) return Effect.undefined
    return goals.targetsOf(scope.organization.organizationId, {
      metricIds,
      people: scope.people.map(({ userId }) => userId),
      isForOrganization: scope.kind === "everyone"
    })
  }

/** Reads the weights of the stages, in hundredths of a percent, if a widget of the request needs them. */
export const weightsFor =
  (goals: Pick<Goals["Service"], "stageWeights">) =>
  (scope: Scope, { widgets }: Pick<RunRequest, "widgets">): Effect.Effect<PlannedWeights | undefined, Unreachable> => {
    const isNeeded = widgets.some(({ metricId }) => metricsById.get(metricId)?.measure._tag === "Weighted")
    if (!isNeeded) return Effect.undefined
    return Effect.map(
      goals.stageWeights(scope.organization.organizationId),
      (weights) => new Map(Object.entries(weights).map(([stage, weight]) => [stage, Math.round(weight * 100)]))
    )
  }

const unavailable = Effect.succeed("unavailable" as const)

/** Without targets, all numbers are computed. Without weights, only the widgets that need them fail. */
export const ifReadable = <A>(name: "targets" | "weights", goals: Effect.Effect<A, Unreachable>) =>
  goals.pipe(
    Effect.catchTags({ TimedOut: () => unavailable, Unavailable: () => unavailable }),
    Effect.catchDefect((defect) => Effect.andThen(Effect.logError(`${name} cannot be read`, defect), unavailable))
  )

const faults: { readonly [code in "weights_missing" | "unavailable"]: WidgetFault } = {
  weights_missing: {
    code: "weights_missing",
    message: "No stage of deals has a weight yet. An admin can set the weights."
  },
  unavailable: { code: "unavailable", message: "The weights of the stages cannot be read right now." }
}

/** Undefined means that the metric has no weights. */
export const weightsOf = (
  { measure }: Metric,
  weights: PlannedWeights | undefined
): Result.Result<Weights | undefined, WidgetFault> => {
  if (measure._tag !== "Weighted") return Result.succeed(undefined)
  if (weights === "unavailable") return Result.fail(faults.unavailable)
  return weights === undefined || weights.size === 0 ? Result.fail(faults.weights_missing) : Result.succeed(weights)
}
