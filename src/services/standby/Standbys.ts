import { Clock, Context, Duration, Effect, Layer, Option, Queue, type Redacted, Schedule } from "effect"
import { constUndefined } from "effect/Function"
import { SqlClient } from "effect/sql"
import { Config } from "../../Config.ts"
import { tallied, watched } from "../../telemetry/measure.ts"
import { standbyFallbacks, standbys as configured, standbysUsable } from "../../telemetry/metrics.ts"
import { withDeadline } from "../admission/withDeadline.ts"
import { shownOf } from "../database/address.ts"
import { IsDistributed } from "../database/distributed.ts"
import { DatabaseUnusable } from "../database/errors.ts"
import { server } from "../database/pool.ts"
import { type Send, sender } from "../database/statements.ts"
import {
  makeStandby,
  type NotAnswered,
  type Reason,
  reasons,
  type Standby,
  targetOf,
  type UsableStandby
} from "./Standby.ts"

const shortestRest = Duration.millis(100)
const longestRest = Duration.seconds(10)
const longestAnswer = Duration.seconds(5)

const harmless = new Set<Reason>(["busy", "conflict", "refused"])

interface Options {
  readonly url: Redacted.Redacted
  readonly permits: number
  readonly maxWait: Duration.Duration
  readonly primary: Send
}

const attended = Effect.fnUntraced(function*({ maxWait, permits, primary, url }: Options) {
  const losses = yield* Queue.sliding<string>(1)
  let usable: Standby | undefined
  let isWarned = false

  const warn = Effect.fnUntraced(function*(reason: string) {
    if (isWarned) return
    isWarned = true
    yield* Effect.annotateLogs(Effect.logWarning("a standby is not used"), { reason })
  })
  const lose = (error: NotAnswered) =>
    Effect.sync(() => {
      if (usable === undefined || harmless.has(error.reason)) return
      usable = undefined
      Queue.offerUnsafe(losses, error.message)
    })

  const admit = Effect.fnUntraced(function*(sql: SqlClient.SqlClient, { ask }: Standby) {
    // This statement opens a connection, which may take longer than `maxWait`.
    yield* withDeadline(longestAnswer)(sql`SELECT 1`)
    const target = yield* withDeadline(longestAnswer)(targetOf(primary, ""))
    yield* ask(target, { text: "SELECT 1", params: [] })
  })

  const attend = Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const { ask } = makeStandby({ sql, permits, maxWait })
    const standby: Standby = {
      ask: (target, statement) => Effect.tapError(ask(target, statement), lose)
    }
    let rest = shortestRest
    for (;;) {
      const problem = yield* Effect.match(admit(sql, standby), {
        onSuccess: () => undefined,
        onFailure: ({ message }) => message
      })
      if (problem === undefined) {
        const since = yield* Clock.monotonicTimeNanos
        usable = standby
        isWarned = false
        yield* Effect.logInfo("a standby is used")
        yield* warn(yield* Queue.take(losses))
        const until = yield* Clock.monotonicTimeNanos
        if (until - since > Duration.toNanosUnsafe(longestRest)) rest = shortestRest
      } else yield* warn(problem)
      yield* Effect.sleep(rest)
      rest = Duration.min(Duration.times(rest, 2), longestRest)
    }
  })

  const connected = Effect.provide(
    attend,
    server({ url, variable: "DATABASE_REPLICA_URL", maxConnections: permits + 1, connectFor: longestAnswer })
  )
  yield* connected.pipe(
    Effect.catchDefect((defect) => Effect.fail(new DatabaseUnusable({ reason: String(defect) }))),
    Effect.tapError(({ reason }) => warn(reason)),
    Effect.retry(Schedule.spaced(longestRest)),
    Effect.annotateLogs({ standby: shownOf(url) }),
    Effect.forkScoped
  )
  return () => usable
})

/** Why the standbys of the setting are not used. */
export const standbysIgnored = Effect.gen(function*() {
  if ((yield* Config.databaseReplicaUrls).length === 0) return Option.none<string>()
  if (Option.isNone(yield* Config.databaseUrl)) {
    return Option.some("DATABASE_REPLICA_URL has no effect with the embedded PostgreSQL: set DATABASE_URL too")
  }
  if (yield* IsDistributed) {
    return Option.some(
      "DATABASE_REPLICA_URL has no effect, because each server of Citus has its own log: leave it empty"
    )
  }
  return Option.none<string>()
})

export class Standbys extends Context.Service<Standbys, {
  readonly pick: () => UsableStandby | undefined
}>()("crm-reports/services/standby/Standbys") {
  static readonly none = Layer.succeed(Standbys, { pick: constUndefined })

  static readonly layer = Layer.unwrap(Effect.gen(function*() {
    const urls = yield* Config.databaseReplicaUrls
    const ignored = yield* standbysIgnored
    if (Option.isSome(ignored)) yield* Effect.logWarning(ignored.value)
    return urls.length === 0 || Option.isSome(ignored) ? Standbys.none : Standbys.layerOf(urls)
  }))

  static readonly layerOf = (urls: ReadonlyArray<Redacted.Redacted>) =>
    Layer.effect(
      Standbys,
      Effect.gen(function*() {
        const permits = yield* Config.databasePool
        const maxWait = yield* Config.databaseReplicaWait
        const primary = yield* sender
        const all = yield* Effect.forEach(urls, (url) => attended({ url, permits, maxWait, primary }))
        yield* watched(configured, () => all.length)
        yield* watched(standbysUsable, () => all.filter((usable) => usable() !== undefined).length)
        const runs = new Map<Reason, number>()
        const left = (reason: Reason) => void runs.set(reason, (runs.get(reason) ?? 0) + 1)
        yield* Effect.forEach(reasons, (reason) => tallied(standbyFallbacks({ reason }), () => runs.get(reason) ?? 0))
        let turn = 0
        const pick = () => {
          for (const _usable of all) {
            turn = (turn + 1) % all.length
            const standby = all[turn]?.()
            if (standby !== undefined) return { ...standby, left }
          }
          return undefined
        }
        return { pick }
      })
    )
}
