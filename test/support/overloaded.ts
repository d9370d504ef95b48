import { Effect, Layer } from "effect"
import type { Limit } from "../../src/domain/Limit.ts"
import { Unavailable } from "../../src/domain/Unavailable.ts"
import { Admission } from "../../src/services/admission/Admission.ts"

/** Every place for a run of one organization is taken, or every place for which `isFull` is true. `asked` gets the organization and the resource of each place. */
export const overloaded = (
  overloadedId: string,
  asked: Array<string> = [],
  isFull = (resource: Limit) => resource.endsWith("runs")
) =>
  Layer.effect(
    Admission,
    Effect.map(Admission, (unlimited): Admission["Service"] => {
      const withPlace = (resource: Limit, organizationId: string) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
        Effect.suspend((): Effect.Effect<A, E | Unavailable, R> => {
          asked.push(`${organizationId} ${resource}`)
          return organizationId === overloadedId && isFull(resource) ? Effect.fail(Unavailable.by(resource)) : work
        })
      return {
        ...unlimited,
        withPlace,
        admit: ({ organizationId }, kind) => (work) =>
          kind === "runs" || kind === "records" ? withPlace("runs", organizationId)(work) : work
      }
    })
  ).pipe(Layer.provide(Admission.unlimited))
