import { Cron, Effect, Layer, Result, Schedule } from "effect"
import { Config } from "../Config.ts"

/** Does it every night at the configured hour, for as long as the service lives; a night that fails ends nothing. */
export const nightly = <A, E, R>(what: string, job: Effect.Effect<A, E, R>) =>
  Layer.effectDiscard(Effect.gen(function*() {
    const hour = Cron.parse(`0 ${yield* Config.cleanupHour} * * *`, "UTC")
    yield* job.pipe(
      Effect.catchCause((cause) => Effect.logError(`${what} failed`, cause)),
      Effect.schedule(Schedule.cron(Result.getOrThrow(hour))),
      Effect.forkScoped
    )
  }))
