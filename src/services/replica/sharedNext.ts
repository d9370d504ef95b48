import { type Context, Deferred, Effect } from "effect"

interface Execution<A> {
  readonly done: Deferred.Deferred<A>
  readonly work: Effect.Effect<A>
}

/**
 * Callers share an execution that begins after each of them has called, and has the work of the first of them. At most
 * one execution for a key is in progress. It is not interrupted with a caller.
 */
export const makeSharedNext = <K, A>() => {
  /** The keys in progress, with the next execution. */
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

  return <R>(key: K, work: Effect.Effect<A, never, R>) =>
    Effect.contextWith((context: Context.Context<R>) => {
      const waiting = next.get(key)
      if (waiting !== undefined) return Deferred.await(waiting.done)
      const created = { done: Deferred.makeUnsafe<A>(), work: Effect.provide(work, context) }
      if (next.has(key)) next.set(key, created)
      else Effect.runFork(executions(key, created))
      return Deferred.await(created.done)
    })
}
