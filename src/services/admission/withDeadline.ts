import { Cause, type Context, type Duration, Effect, Exit } from "effect"
import { TimedOut } from "../../domain/Unavailable.ts"

/** `unless` does not wait until the interrupted fiber ends, because a frozen server could delay the end. */
export const unless = <W, RW>(watch: Effect.Effect<never, W, RW>) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.contextWith((context: Context.Context<R | RW>) =>
    // `Effect.race` would start a third fiber for each widget.
    Effect.callback<A, E | W>((resume) => {
      const fiber = Effect.runForkWith(context)(effect)
      const ended = fiber.pollUnsafe()
      if (ended !== undefined) return resume(ended)
      const watcher = Effect.runForkWith(context)(watch)
      const stop = () => {
        watcher.interruptUnsafe()
        fiber.interruptUnsafe()
      }
      fiber.addObserver((exit) => {
        resume(exit)
        watcher.interruptUnsafe()
      })
      watcher.addObserver((exit) => {
        if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) return
        resume(exit)
        fiber.interruptUnsafe()
      })
      return Effect.sync(stop)
    })
  )

/** `yieldNow` lets Node first read a result that arrived while the event loop was blocked. */
export const elapsed = (duration: Duration.Input) => Effect.andThen(Effect.sleep(duration), Effect.yieldNow)

export const withDeadline = (duration: Duration.Input) =>
  unless(Effect.flatMap(elapsed(duration), () => Effect.fail(new TimedOut())))
