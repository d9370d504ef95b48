import { Effect } from "effect"

interface Waiting {
  /** Puts `start` into a queue, which may call it at once. Returns a function that removes it. */
  readonly enter: (start: () => void) => () => void
  /** Gives back what the call of `start` granted. */
  readonly release: Effect.Effect<void>
}

/** Waits until `start` is called. A fiber can be interrupted after this call, and before it continues. */
export const waitForGrant = (
  { enter, release }: Waiting,
  restore: <A>(effect: Effect.Effect<A>) => Effect.Effect<A>
): Effect.Effect<void> => {
  let isGranted = false
  const granted = Effect.callback<void>((resume) => {
    const leave = enter(() => {
      isGranted = true
      resume(Effect.void)
    })
    return Effect.sync(leave)
  })
  return Effect.onInterrupt(restore(granted), () => isGranted ? release : Effect.void)
}
