import { type Config, ConfigProvider, Effect, Exit, Latch, Layer, Option, Scope, Stream } from "effect"
import { TestClock } from "effect/testing"
import { type Caller, CurrentCaller } from "../../src/domain/Caller.ts"
import type { LiveEvent } from "../../src/domain/Live.ts"
import type { RunRequest } from "../../src/domain/Run.ts"
import { Unavailable } from "../../src/domain/Unavailable.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { evaluate } from "../../src/query/inMemory.ts"
import type { Plan } from "../../src/query/Plan.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import { Readiness, ReadinessProbe } from "../../src/services/database/Readiness.ts"
import { Goals } from "../../src/services/goals/Goals.ts"
import { type LiveRequest, LiveRuns } from "../../src/services/live/LiveRuns.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { lead, member, noTables } from "../../src/testing/rows.ts"
import { limitedRunner } from "./ask.ts"
import { caller } from "./TestApp.ts"

export interface Crm {
  tables: Tables
  isLogged: boolean
  isDown: boolean
  /** If true, looking for changes fails. */
  isBlind: boolean
  /** Each look for changes runs this effect first. */
  lookDelay: Effect.Effect<void>
  /** For these organizations, the next look for changes finds a change. */
  readonly changed: Set<string>
  /** Contains the organization of each look for changes. */
  readonly looks: Array<string>
  /** Contains an organization each time a stream reads the digest of its members. */
  readonly digests: Array<string>
  /** Contains the `CurrentCaller` with which each look for changes ran, if any. */
  readonly lookers: Array<Caller | undefined>
  /** Contains the plan of each count. */
  readonly counts: Array<Plan>
}

export const ana = caller("member", "ana")
export const boss = caller("admin", "boss")

export const total = { instanceId: "total", metricId: "leads.total", chart: "stat" }
export const request: RunRequest = { widgets: [total], timeframe: { preset: "all_time" } }

const at = "1970-01-01T00:00"

export const makeCrm = (): Crm => ({
  tables: {
    ...noTables,
    members: [member("ana", "Ana"), member("bo", "Bo"), { ...member("zoe", "Zoe"), organizationId: "other" }],
    leads: [lead("1", at, { ownerId: "ana" }), lead("2", at, { ownerId: "bo" })]
  },
  isLogged: true,
  isDown: false,
  isBlind: false,
  lookDelay: Effect.void,
  changed: new Set(),
  looks: [],
  digests: [],
  lookers: [],
  counts: []
})

const state = { snapshot: "1:1:", captureEpoch: "", at: 0 }

const sourceOf = (crm: Crm) =>
  Layer.succeed(MetricSource, {
    open: () =>
      Effect.succeed({
        rows: (plan) =>
          Effect.sync(() => {
            crm.counts.push(plan)
            return evaluate(plan, crm.tables)
          }),
        records: () => Effect.die("unused")
      }),
    snapshot: () => Effect.die("unused"),
    accessVersion: () => undefined,
    look: (organizationId) =>
      Effect.flatMap(Effect.serviceOption(CurrentCaller), (asking) => {
        crm.looks.push(organizationId)
        crm.lookers.push(Option.getOrUndefined(asking))
        if (crm.isBlind) return Effect.fail(new Unavailable())
        return Effect.map(
          crm.lookDelay,
          () => ({ state, isLogged: crm.isLogged, hasChanged: crm.changed.delete(organizationId), wasUnchanged: false })
        )
      })
  })

const organizationsOf = (crm: Crm) =>
  Layer.succeed(Organizations, {
    lookUp: (organizationId, selected) =>
      crm.isDown
        ? Effect.fail(new Unavailable())
        : Effect.flatMap(current(crm), (now) => now.lookUp(organizationId, selected)),
    revalidate: (organizationId, selected, last) =>
      Effect.map(
        Effect.flatMap(current(crm), (now) => now.revalidate(organizationId, selected, last)),
        (check) => crm.isDown ? { ...check, answer: Effect.fail(new Unavailable()) } : check
      ),
    digest: (organizationId) =>
      Effect.flatMap(current(crm), (now) => {
        crm.digests.push(organizationId)
        return now.digest(organizationId)
      }),
    secret: (organizationId) => Effect.flatMap(current(crm), (now) => now.secret(organizationId))
  })

const current = ({ tables }: Crm) => Effect.provide(Effect.service(Organizations), Organizations.layerMemory(tables))

export const liveOver = (
  crm: Crm,
  settings: Record<string, string> = {},
  admission: Layer.Layer<Admission, Config.ConfigError> = Admission.layer
) =>
  LiveRuns.layer.pipe(
    Layer.provide(limitedRunner),
    Layer.provide([sourceOf(crm), organizationsOf(crm)]),
    Layer.provideMerge([ReportRepo.layerMemory, Goals.layerMemory]),
    Layer.provideMerge([Readiness.layer, admission]),
    Layer.provide(ReadinessProbe.layerMemory),
    Layer.provide(
      ConfigProvider.layer(ConfigProvider.fromEnv({ env: { LIVE_STREAMS_PER_PERSON: "2000", ...settings } }))
    )
  )

interface Watching<E, C> extends Partial<LiveRequest<E, C>> {
  readonly caller: Caller
  /** If true, the stream is not read before `resume` runs. */
  readonly isPaused?: boolean
}

/** Opens a stream and reads it in the background until the scope closes or `leave` runs. */
export const watching = Effect.fnUntraced(
  function*<E = never, C = never>({ isPaused = false, ...asked }: Watching<E, C>) {
    const live = yield* LiveRuns
    const scope = yield* Scope.make()
    yield* Effect.addFinalizer(() => Scope.close(scope, Exit.void))
    const reads = yield* Latch.make(true)
    const events: Array<LiveEvent> = []
    let end: Exit.Exit<void, unknown> | undefined
    const opening = live.open<E, C>({
      check: Effect.succeed(asked.caller),
      expiresAt: undefined,
      request: Effect.succeed(request),
      ...asked
    })
    const stream = yield* Scope.provide(opening, scope).pipe(
      Effect.onError(() => Scope.close(scope, Exit.void))
    )
    const take = (event: LiveEvent) => reads.whenOpen(Effect.sync(() => void events.push(event)))
    yield* stream.pipe(
      Stream.runForEach(take),
      Effect.onExit((exit) => Effect.sync(() => void (end = exit))),
      Effect.forkIn(scope)
    )
    yield* settle
    if (isPaused) yield* reads.close
    return {
      leave: Scope.close(scope, Exit.void),
      resume: reads.open,
      end: () => end,
      ids: () => events.flatMap((one) => "id" in one ? [one.id] : []),
      names: () => events.map(({ event }) => event),
      values: () => valuesIn(events)
    }
  }
)

const valuesIn = (events: ReadonlyArray<LiveEvent>) =>
  events.flatMap((one) => one.event === "series" ? [one.series.stat?.value] : [])

/** Lets other fibers run. */
const settle = Effect.repeat(Effect.yieldNow, { times: 100 })

export const seconds = (count: number) =>
  Effect.repeat(Effect.andThen(TestClock.adjust("1 second"), settle), { times: count - 1 })

export const addLead = (crm: Crm, ownerId: string, organizationId = "org") => {
  const added = { ...lead(`${crm.tables.leads.length + 1}`, at, { ownerId }), organizationId }
  crm.tables = { ...crm.tables, leads: [...crm.tables.leads, added] }
  crm.changed.add(organizationId)
}
