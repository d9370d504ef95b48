import { Clock, Context, Effect, Layer, type Scope } from "effect"
import { identity } from "effect/Function"
import type { Caller } from "../../domain/Caller.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { Limit, RatePolicy, TooManyRequests } from "../../domain/Limit.ts"
import { TooManyStreams } from "../../domain/Live.ts"
import { Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
import { watched } from "../../telemetry/measure.ts"
import { filesUnfinished, liveStreams, runsInProgress, runsWaiting } from "../../telemetry/metrics.ts"
import { makeConnections } from "./connections.ts"
import { makeCountingTurns } from "./countingTurns.ts"
import { makeFairQueue, ownPlace, type Place, type Terms } from "./FairQueue.ts"
import { makeRates, type Resource, type Spent, terms } from "./limits.ts"
import { withDeadline } from "./withDeadline.ts"

type Work<F = Unreachable> = <A, E, R>(work: Effect.Effect<A, E, R>) => Effect.Effect<A, E | F, R>

/** A live stream counts under the rate limit of runs, but holds no place of a run. */
export type Kind = RatePolicy | "streams"

const policyOf = (kind: Kind): RatePolicy => kind === "streams" ? "runs" : kind

const isRun = (kind: Kind): boolean => kind === "runs" || kind === "records"

/** The address and the connection of a request without a session, or the organization of a key that was valid. */
export const Visitor = Context.Reference<Place>("crm-reports/services/admission/Visitor", {
  defaultValue: () => ownPlace("")
})

/** A read includes its wait for a place. */
const readTimeout = "5 seconds"

interface Holding {
  isHeld: boolean
}

/** The places that the work around a fiber holds. */
const Held = Context.Reference<ReadonlyMap<Resource, Holding>>("crm-reports/services/admission/Held", {
  defaultValue: () => new Map()
})

/** Work inside work of the same resource uses the place of the outer work, as long as the outer work holds it. */
const unlessHeld = <F>(resource: Resource, limit: Work<F>): Work<F> => (work) =>
  Effect.withFiber((fiber) => {
    const outer = fiber.getRef(Held)
    if (outer.get(resource)?.isHeld === true) return work
    const holding = { isHeld: true }
    return work.pipe(
      Effect.provideService(Held, new Map(outer).set(resource, holding)),
      Effect.ensuring(Effect.sync(() => {
        holding.isHeld = false
      })),
      limit
    )
  })

/** The one door: every scarce resource of the process is taken here, and every refusal names its limit. */
export class Admission extends Context.Service<Admission, {
  /** Counts the request, and holds a place for a run. `note` gets the rate limits of the request, also of a refused one. */
  admit(caller: Caller, kind: Kind, note?: ((spent: Spent) => void) | undefined): Work<TooManyRequests | Unavailable>
  withPlace(
    resource: "runs" | "background_runs" | "reads" | "small_files" | "files",
    organizationId: OrgId
  ): Work
  /** Call this for a single statement. */
  withConnection(organizationId: OrgId): Work<Unavailable>
  /** Call this for a transaction or for a load of a replica, which have their own deadlines. */
  withLongConnection(organizationId: OrgId): Work<Unavailable>
  /** Call this to count in memory. */
  withTurn(organizationId: OrgId): Work<never>
  /** Holds the place of a live stream until the scope closes. */
  takeStream(caller: Caller): Effect.Effect<void, TooManyStreams | Unavailable, Scope.Scope>
  /** Call this to check a key that the process does not know, or a link that ends mails. */
  readonly forVisitor: Work<Unavailable>
  /** Call this for a request to Clerk, with the organization or the visitor that causes it. */
  forClerk(place: Place): Work<Unavailable>
}>()("crm-reports/services/admission/Admission") {
  static readonly layer = Layer.effect(
    Admission,
    Effect.gen(function*() {
      const clock = yield* Clock.Clock
      const table = yield* terms
      const queueOf = (limit: Resource & Limit) => makeFairQueue({ limit, ...table[limit] } satisfies Terms, clock)
      const queues = {
        runs: yield* queueOf("runs"),
        background_runs: yield* queueOf("background_runs"),
        reads: yield* queueOf("reads"),
        small_files: yield* queueOf("small_files"),
        files: yield* queueOf("files")
      }
      const connections = yield* makeConnections(yield* queueOf("connections"), clock)
      const [streams, streamsOfPerson] = [yield* queueOf("streams"), yield* queueOf("streams_of_person")]
      const [unknownKeys, clerk] = [yield* queueOf("unknown_keys"), yield* queueOf("clerk")]
      const spend = yield* makeRates
      yield* watched(runsInProgress, queues.runs.inUse)
      yield* watched(runsWaiting, queues.runs.waiting)
      const fileQueues = [queues.small_files, queues.files]
      yield* watched(
        filesUnfinished,
        () => fileQueues.reduce((sum, queue) => sum + queue.inUse() + queue.waiting(), 0)
      )
      yield* watched(liveStreams, streams.inUse)

      const ofRuns = (organizationId: OrgId): Work<Unavailable> => {
        const limit = queues.runs.withPlace(ownPlace(organizationId))
        return unlessHeld("runs", (work) => connections.unlessRefused(organizationId)(limit(work)))
      }
      const withPlace = (resource: keyof typeof queues, organizationId: OrgId): Work => {
        if (resource === "runs") return ofRuns(organizationId)
        const limit = queues[resource].withPlace(ownPlace(organizationId))
        if (resource !== "reads") return unlessHeld(resource, limit)
        return unlessHeld(resource, (work) => withDeadline(readTimeout)(limit(work)))
      }
      const off = Effect.suspend(() => Effect.fail(new Unavailable({ message: "Live runs are turned off." })))
      const tooManyStreams = Effect.suspend(() => Effect.fail(TooManyStreams.byPerson()))
      return {
        admit: (caller, kind, note) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
          Effect.flatMap(
            spend(caller, policyOf(kind)),
            (spent): Effect.Effect<A, E | TooManyRequests | Unavailable, R> => {
              note?.(spent)
              if (spent.refusal !== undefined) return Effect.fail(spent.refusal)
              return isRun(kind) ? ofRuns(caller.organizationId)(work) : work
            }
          ),
        withPlace,
        withConnection: (organizationId) => unlessHeld("connections", connections.withConnection(organizationId)),
        withLongConnection: (organizationId) =>
          unlessHeld("connections", connections.withLongConnection(organizationId)),
        withTurn: yield* makeCountingTurns(clock),
        takeStream: ({ organizationId, userId }) =>
          table.streams.places === 0
            ? off
            : Effect.andThen(
              Effect.catch(streamsOfPerson.take(ownPlace(userId)), () => tooManyStreams),
              streams.take(ownPlace(organizationId))
            ),
        forVisitor: (work) => Effect.flatMap(Visitor, (visitor) => unknownKeys.withPlace(visitor)(work)),
        forClerk: clerk.withPlace
      }
    })
  )

  /** For tests. */
  static readonly unlimited = Layer.succeed(Admission, {
    admit: () => identity,
    withPlace: () => identity,
    withConnection: () => identity,
    withLongConnection: () => identity,
    withTurn: () => identity,
    takeStream: () => Effect.void,
    forVisitor: identity,
    forClerk: () => identity
  })
}
