import { Effect, Layer } from "effect"
import type { Role } from "../../src/domain/Caller.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { evaluate } from "../../src/query/inMemory.ts"
import { ChangedAlerts } from "../../src/services/deliveries/ChangedAlerts.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { noTables } from "../../src/testing/rows.ts"
import { alertScene, newLeads } from "./alertScene.ts"
import { send } from "./deliveries.ts"
import { minute, seven } from "./deliveryScene.ts"

/** Rows that a test changes, with a change log. `counted` is how often the rows were counted. */
const changing = () => {
  const rows = { leads: newLeads("ana", 0), changes: 0, isLogged: true, counted: 0, looked: 0 }
  const source = Layer.effect(
    MetricSource,
    Effect.map(Effect.provide(Effect.service(MetricSource), MetricSource.layerMemory(noTables)), (inner) => ({
      ...inner,
      open: () =>
        Effect.succeed({
          records: () => Effect.die("no records"),
          rows: (plan) =>
            Effect.sync(() => {
              rows.counted += 1
              return evaluate(plan, { ...noTables, leads: rows.leads })
            })
        }),
      look: (_organizationId, last) =>
        Effect.sync(() => {
          rows.looked += 1
          const snapshot = String(rows.changes)
          const hasChanged = last !== undefined && last.state.snapshot !== snapshot
          const state = { snapshot, captureEpoch: "epoch", at: 0 }
          return { state, isLogged: rows.isLogged, hasChanged, wasUnchanged: false }
        })
    } satisfies MetricSource["Service"]))
  )
  /** The leads of today. */
  const change = (...leads: ReadonlyArray<Tables["leads"]>) => {
    rows.leads = leads.flat()
    rows.changes += 1
  }
  return { rows, source, change }
}

/** Runs the jobs of a minute after seven o'clock. Other times due are not made. */
export const passes = (minutes: number) =>
  ChangedAlerts.use(({ judge }) => judge).pipe(Effect.andThen(send), fixedClock(seven(11) + minutes * minute))

type Server = Parameters<Parameters<typeof alertScene>[1]>[0]

/** Runs a test over leads of today that it changes. */
export const changingScene = <A, E, R>(
  act: (
    server: Server,
    changed: ReturnType<typeof changing>,
    roles: Map<string, Role | undefined>
  ) => Effect.Effect<A, E, R>
) =>
  Effect.suspend(() => {
    const changed = changing()
    return alertScene({}, (server, roles) => act(server, changed, roles), changed.source)
  })

export const namesOf = ({ mails }: Server) => mails.map(({ to }) => to.slice(0, to.indexOf("@")))

/** Another process, with its own memory, over the same store. */
export const otherProcess = Effect.flatMap(
  Layer.build(Layer.fresh(ChangedAlerts.layer)),
  (context) => Effect.provide(Effect.service(ChangedAlerts), context)
)
