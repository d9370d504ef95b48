import { Cron, Effect, Layer, Schedule } from "effect"
import { Config } from "../../Config.ts"
import { withDeadline } from "../limits/withDeadline.ts"

/** What a database that restarts, or somebody else's lock, is given to pass. */
const again = { schedule: Schedule.spaced("10 minutes"), times: 3 }

/** Does it every night at the configured hour, for as long as the service lives; a night that fails or hangs ends nothing. */
export const nightly = <A, E, R>(what: string, job: Effect.Effect<A, E, R>) =>
  Layer.effectDiscard(Effect.gen(function*() {
    const hour = Cron.parseUnsafe(`0 ${yield* Config.cleanupHour} * * *`, "UTC")
    yield* job.pipe(
      Effect.retry(again),
      withDeadline("6 hours"),
      Effect.catchCause((cause) => Effect.logError(`${what} failed`, cause)),
      Effect.schedule(Schedule.cron(hour)),
      Effect.forkScoped
    )
  }))
