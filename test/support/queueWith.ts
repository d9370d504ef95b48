import { Clock, Effect } from "effect"
import { makeFairQueue, type Terms } from "../../src/services/admission/FairQueue.ts"

export const settle = Effect.repeat(Effect.yieldNow, { times: 20 })

/** A queue of one place that notes the works which have begun. */
export const queueWith = (terms: Partial<Terms>) =>
  Effect.gen(function*() {
    const all = { limit: "runs", places: 1, most: () => Infinity, maxWaiting: 100_000, ...terms } as const
    const queue = yield* makeFairQueue(all, yield* Clock.Clock)
    const begun: Array<string> = []
    const held = (owner: string, work: Effect.Effect<unknown> = Effect.never, key = owner, name = key) =>
      queue.withPlace({ owner, key })(Effect.andThen(Effect.sync(() => void begun.push(name)), work))
    const asking = (owner: string, work?: Effect.Effect<unknown>, key?: string, name?: string) =>
      Effect.forkChild(held(owner, work, key, name), { startImmediately: true })
    return { ...queue, begun, held, asking }
  })
