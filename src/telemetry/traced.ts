import { Effect, References } from "effect"

/** Names a part of a request in its trace. Costs one look at the context while nothing is traced. */
export const traced = (name: string) => <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.withFiber((fiber) =>
    fiber.getRef(References.TracerEnabled)
      ? Effect.withSpan(effect, name, { captureStackTrace: false })
      : effect
  )
