import { type Context, type Duration, Effect, Exit } from "effect"
import { TimedOut } from "../../domain/Unavailable.ts"

/**
 * `TimedOut` at the deadline, also where what is asked cannot be stopped at once, as on a frozen server: it is
 * interrupted behind the caller's back.
 */
export const within = (duration: Duration.Input) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.contextWith((context: Context.Context<R>) =>
    // Every widget has a deadline: two fibers that watch each other cost less than a race, which starts three.
    Effect.callback<A, E | TimedOut>((resume) => {
      const work = Effect.runForkWith(context)(effect)
      const deadline = Effect.runForkWith(context)(Effect.sleep(duration))
      const stop = () => {
        deadline.interruptUnsafe()
        work.interruptUnsafe()
      }
      work.addObserver((exit) => {
        resume(exit)
        deadline.interruptUnsafe()
      })
      deadline.addObserver((exit) => {
        if (Exit.isFailure(exit)) return
        resume(Effect.fail(new TimedOut()))
        work.interruptUnsafe()
      })
      return Effect.sync(stop)
    })
  )
