import { type Context, type Duration, Effect, Exit } from "effect"
import { TimedOut } from "../../domain/Unavailable.ts"

/** Does not wait for the interruption, because a frozen database server could delay it. */
export const withDeadline = (duration: Duration.Input) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.contextWith((context: Context.Context<R>) =>
    // `Effect.race` would start a third fiber for each widget.
    Effect.callback<A, E | TimedOut>((resume) => {
      const fiber = Effect.runForkWith(context)(effect)
      // `yieldNow` lets Node first read a result that arrived while the event loop was blocked.
      const deadline = Effect.runForkWith(context)(Effect.andThen(Effect.sleep(duration), Effect.yieldNow))
      const stop = () => {
        deadline.interruptUnsafe()
        fiber.interruptUnsafe()
      }
      fiber.addObserver((exit) => {
        resume(exit)
        deadline.interruptUnsafe()
      })
      deadline.addObserver((exit) => {
        if (Exit.isFailure(exit)) return
        resume(Effect.fail(new TimedOut()))
        fiber.interruptUnsafe()
      })
      return Effect.sync(stop)
    })
  )
