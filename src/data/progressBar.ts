import { SingleBar } from "cli-progress"
import { Effect } from "effect"

const linesEveryMillis = 2_000

const lines = (task: string, unit: string, total: number) => {
  let done = 0
  let writtenAt = performance.now()
  return (more: number) => {
    done += more
    if (performance.now() - writtenAt < linesEveryMillis) return
    writtenAt = performance.now()
    process.stderr.write(`${task}: ${Math.floor(done / total * 100)} % of ${total.toLocaleString("en")} ${unit}\n`)
  }
}

const bar = (task: string, unit: string, total: number) =>
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
  )

export const progressBar = (task: string, unit: string, total: number) =>
  process.stderr.isTTY
    ? Effect.map(bar(task, unit, total), (bar) => (more: number) => bar.increment(more))
    : Effect.sync(() => lines(task, unit, total))
