import { type Context, type Duration, Effect, Exit } from "effect"
import { TimedOut } from "../../domain/Unavailable.ts"

/** Interrupts in the background: a frozen server cannot delay `TimedOut`. */
export const withDeadline = (duration: Duration.Input) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.contextWith((context: Context.Context<R>) =>
    // Two fibers: a race starts three, and every widget has a deadline.
    Effect.callback<A, E | TimedOut>((resume) => {
      const fiber = Effect.runForkWith(context)(effect)
      const deadline = Effect.runForkWith(context)(Effect.sleep(duration))
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
