import { SingleBar } from "cli-progress"
import { Effect } from "effect"

/** Shows the progress of a long task: a bar on a terminal, elsewhere a line every second. */
export const progressBar = (task: string, unit: string, total: number) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => {
        const isTerminal = process.stderr.isTTY
        const bar = new SingleBar({
          format: `${task}${isTerminal ? " {bar}" : ""} {percentage} % of {total} ${unit}, {eta_formatted} to go`,
          barCompleteChar: "\u2588",
          barIncompleteChar: "\u2591",
          hideCursor: true,
          clearOnComplete: true,
          etaBuffer: 100,
          noTTYOutput: true,
          notTTYSchedule: 1_000
        })
        bar.start(total, 0)
        return bar
      }),
      (bar) => Effect.sync(() => bar.stop())
    ),
    (bar) => (done: number) => bar.increment(done)
  )
