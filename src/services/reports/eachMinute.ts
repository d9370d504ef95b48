import { Cron, Effect, Schedule } from "effect"

const everyMinute = Cron.parseUnsafe("* * * * *", "UTC")

/** A failure is logged, and the next minute tries again. */
export const eachMinute = <A, E, R>(name: string, work: Effect.Effect<A, E, R>) =>
  work.pipe(
    Effect.catchCause((cause) => Effect.logError(`the ${name} failed`, cause)),
    Effect.schedule(Schedule.cron(everyMinute)),
    Effect.forkScoped
  )
