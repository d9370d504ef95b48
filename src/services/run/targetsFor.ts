import { Effect } from "effect"
import type { RunRequest } from "../../domain/Run.ts"
import type { Scope } from "../../domain/Scope.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { PlannedTargets } from "../../query/Plan.ts"
import type { Goals } from "../goals/Goals.ts"

/** Reads the targets of the people in scope, if a widget asks for its target. */
export const targetsFor =
  (goals: Goals["Service"]) =>
  (scope: Scope, { widgets }: RunRequest): Effect.Effect<PlannedTargets | undefined, Unreachable> => {
    const metricIds = [...new Set(widgets.filter(({ target }) => target === true).map(({ metricId }) => metricId))]
    if (metricIds.length === 0) return Effect.undefined
    return goals.targetsOf(scope.organization.organizationId, {
      metricIds,
      people: scope.people.map(({ userId }) => userId),
      isForOrganization: scope.kind === "everyone"
    })
  }

const unavailable = Effect.succeed("unavailable" as const)

/** If the targets cannot be read, the numbers are computed without them. */
export const targetsIfReadable = (targets: ReturnType<ReturnType<typeof targetsFor>>) =>
  targets.pipe(
    Effect.catchTags({ TimedOut: () => unavailable, Unavailable: () => unavailable }),
    Effect.catchDefect((defect) => Effect.andThen(Effect.logError("targets cannot be read", defect), unavailable))
  )
