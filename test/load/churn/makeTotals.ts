import { Clock, Console, Effect, Metric } from "effect"
import { replicaLoads, replicaRefreshes } from "../../../src/telemetry/metrics.ts"
import type { makeWork } from "./makeWork.ts"
import type { Seen } from "./Referee.ts"

const outcomes = Effect.fnUntraced(function*(
  read: (outcome: string) => Metric.Counter<number>,
  names: ReadonlyArray<string>
) {
  const shown = yield* Effect.forEach(
    names,
    (name) => Effect.map(Metric.value(read(name)), ({ count }) => `${count} ${name}`)
  )
  return shown.join(", ")
})

const maxShown = 20

export const makeTotals = (work: ReturnType<typeof makeWork>) => {
  const total = {
    trials: 0,
    freezes: 0,
    scopes: 0,
    refused: 0,
    byReplica: 0,
    empty: 0,
    batched: 0,
    bySql: 0,
    unchecked: 0,
    differences: 0
  }
  const shapes = new Map<string, number>()
  let since = 0n

  const began = Effect.map(Clock.monotonicTimeNanos, (now) => {
    since = now
  })

  const add = Effect.fnUntraced(
    function*({ batched, bySql, byReplica, empty, faults, unchecked }: Seen, shape: string) {
      total.trials += 1
      total.byReplica += byReplica
      total.empty += empty
      total.batched += batched
      total.bySql += bySql
      total.unchecked += unchecked
      for (const name of shape.split("/")) shapes.set(name, (shapes.get(name) ?? 0) + 1)
      for (const fault of faults) {
        total.differences += 1
        if (total.differences <= maxShown) yield* Console.log(`trial ${total.trials}, ${shape}: ${fault}`)
      }
    }
  )

  const show = Effect.gen(function*() {
    const seconds = Number((yield* Clock.monotonicTimeNanos) - since) / 1e9
    yield* Console.log([
      `${total.trials} trials in ${seconds.toFixed(0)} s, ${total.differences} differences`,
      `${total.byReplica} counts of replicas compared (${total.empty} empty, ${total.batched} ahead), ${total.unchecked} not; ${total.bySql} by SQL`,
      `${total.freezes} freezes, ${total.scopes} scopes compared, ${total.refused} runs refused`,
      `${work.done.merges} merges, ${work.done.tracks} tracks built, ${work.done.countsByTrack} orders read by track`,
      `loads: ${yield* outcomes((outcome) => replicaLoads({ outcome }), ["loaded", "caught up", "failed"])}`,
      `refreshes: ${yield* outcomes((outcome) => replicaRefreshes({ outcome }), [
        "current",
        "behind",
        "late",
        "lost"
      ])}`,
      `heap ${Math.round(process.memoryUsage().heapUsed / 2 ** 20)} MB`
    ].join("\n  "))
  })

  const showShapes = Effect.suspend(() =>
    Console.log([...shapes].sort(([, a], [, b]) => b - a).map(([name, count]) => `${count} × ${name}`).join(", "))
  )
  return { total, began, add, show, showShapes }
}
