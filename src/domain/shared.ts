import { Cache, Context, Deferred, Duration, Effect, Exit, Fiber, RcMap, Scope } from "effect"
import { byMonotonicClock } from "./clocks.ts"

/** docs/maintaining/architecture.md ("What requests share") has the rule for everything in this file. */

/** The context of a request ends with the request, and can contain its caller, span, clock, and connection. */
const inOwnContext = (own: Context.Context<never>) =>
<A, E, R>(
  lookup: Effect.Effect<A, E, R>,
  fromCaller: (context: Context.Context<R>) => Context.Context<R>
): Effect.Effect<A, E, R> =>
  Effect.updateContext(lookup, (context: Context.Context<R>) => Context.merge(own, fromCaller(context)))

interface CacheOptions<K, A, E, R> {
  readonly capacity: number
  readonly lookup: (key: K) => Effect.Effect<A, E, R>
  readonly cacheMillis: (value: A) => number
  /** Picks the services that the lookup gets from its caller. */
  readonly fromCaller: (context: Context.Context<R>) => Context.Context<R>
}

/** Only successes stay in the cache. If all callers leave, the lookup ends. */
export const sharedCache = <K, A, E, R>({ cacheMillis, capacity, fromCaller, lookup }: CacheOptions<K, A, E, R>) =>
  Effect.flatMap(
    Effect.context<never>(),
    (own) =>
      Cache.makeWith((key: K) => inOwnContext(own)(lookup(key), fromCaller), {
        capacity,
        timeToLive: (exit) => Exit.isSuccess(exit) ? cacheMillis(exit.value) : 0,
        requireServicesAt: "lookup"
      })
  )

/** Only a success is kept. The work does not end when its callers leave, because it could not be stopped in between. */
export const sharedOnce = <A, E>(work: Effect.Effect<A, E>, keptFor: Duration.Input = Duration.infinity) =>
  Effect.gen(function*() {
    const own = yield* Effect.context<never>()
    const once = yield* Effect.cachedWithTTL(
      inOwnContext(own)(work, Context.empty),
      (exit) => Exit.isSuccess(exit) ? keptFor : 0
    )
    return Effect.flatMap(Effect.forkDetach(byMonotonicClock(once)), Fiber.join)
  })

/** Only what could be opened is kept, until no caller has used it for the time `idleFor`. */
export const sharedResources = Effect.fnUntraced(function*<K, A, E>(
  open: (key: K) => Effect.Effect<A, E, Scope.Scope>,
  idleFor: Duration.Input
) {
  const own = yield* Effect.context<never>()
  const opened: RcMap.RcMap<K, A, E> = yield* RcMap.make({
    // `RcMap` keeps a failure as it keeps a success, and each `get` of a failure would keep it longer.
    lookup: (key: K) =>
      inOwnContext(own)(
        Effect.tapCause(open(key), () => RcMap.invalidate(opened, key)),
        Context.pick(Scope.Scope)
      ),
    idleTimeToLive: idleFor
  })
  // `RcMap` reads the clock when a use ends.
  const use = Effect.acquireRelease(Scope.make(), (scope, exit) => byMonotonicClock(Scope.close(scope, exit)))
  return {
    get: (key: K) => Effect.flatMap(use, (scope) => Scope.provide(RcMap.get(opened, key), scope)),
    discard: (key: K) => RcMap.invalidate(opened, key)
  }
})

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
