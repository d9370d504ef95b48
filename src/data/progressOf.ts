import { SingleBar } from "cli-progress"
import { Effect } from "effect"

/** Tells how far a long task is, on a terminal; elsewhere it says nothing. */
export const progressOf = (task: string, unit: string, total: number) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => {
        const bar = new SingleBar({
          format: `${task} {bar} {percentage} % of {total} ${unit}, {eta_formatted} to go`,
          barCompleteChar: "\u2588",
          barIncompleteChar: "\u2591",
          hideCursor: true,
          clearOnComplete: true,
          etaBuffer: 100
        })
        bar.start(total, 0)
        return bar
      }),
      (bar) => Effect.sync(() => bar.stop())
    ),
    (bar) => (done: number) => bar.increment(done)
  )
