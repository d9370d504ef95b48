import { Deferred, Effect } from "effect"

interface Execution<A> {
  readonly done: Deferred.Deferred<A>
  readonly work: Effect.Effect<A>
}

/** Each key has at most one execution in progress. Callers who come meanwhile share the next execution. */
export const makeSharedNext = <K, A>() =>
  Effect.map(Effect.context<never>(), (own) => {
    const next = new Map<K, Execution<A> | undefined>()

    const executions = Effect.fnUntraced(function*(key: K, first: Execution<A>) {
      let current: Execution<A> | undefined = first
      while (current !== undefined) {
        next.set(key, undefined)
        Deferred.doneUnsafe(current.done, yield* Effect.exit(current.work))
        current = next.get(key)
      }
      next.delete(key)
    })

    return (key: K, work: Effect.Effect<A>) =>
      Effect.suspend(() => {
        const waiting = next.get(key)
        if (waiting !== undefined) return Deferred.await(waiting.done)
        const created = { done: Deferred.makeUnsafe<A>(), work }
        if (next.has(key)) next.set(key, created)
        else Effect.runForkWith(own)(executions(key, created))
        return Deferred.await(created.done)
      })
  })
