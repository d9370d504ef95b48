import { Effect } from "effect"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { IsMeasured } from "../../../src/telemetry/measure.ts"
import type { Question } from "../../support/ask.ts"
import { CurrentRun, Referee, type Seen } from "./Referee.ts"

/** Sends a run or a freeze, whose counts the referee compares. Returns false if the instance refuses it. */
export const observed = Effect.fnUntraced(
  function*({ caller, request }: Question, seen: Seen, isFreeze: boolean) {
    const { runs } = yield* Referee
    const { freeze, run } = yield* MetricRunner
    yield* runs.begin(seen)
    const asked = isFreeze ? Effect.map(freeze(caller, request), ({ series }) => series) : run(caller, request)
    const series = yield* asked.pipe(Effect.ensuring(runs.end(seen)))
    for (const { error, instanceId } of series) {
      if (error?.code === "unavailable" || error?.code === "timeout") {
        seen.faults.push(`${instanceId}: ${error.message}`)
      }
    }
    return true
  },
  (asked, _question, seen) =>
    asked.pipe(
      Effect.provideService(CurrentRun, seen),
      Effect.provideService(IsMeasured, true),
      Effect.catchTag("Unavailable", () => Effect.succeed(false))
    )
)
