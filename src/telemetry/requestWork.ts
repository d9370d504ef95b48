import { Context, Effect, type Exit } from "effect"
import { constTrue } from "effect/Function"
import { timed } from "./measure.ts"
import { countSeconds } from "./metrics.ts"

type Source = "sql" | "standby" | "replica"

/** The work of a request so far. The log line of a slow or failed request has these fields. */
export interface Work {
  widgets: number
  /** The number of counts of each source. */
  readonly counts: Partial<Record<Source, number>>
  /** The time of waits, in milliseconds, by the limit. */
  readonly waitedMillis: Record<string, number>
}

export const RequestWork = Context.Reference<Work | undefined>("crm-reports/telemetry/RequestWork", {
  defaultValue: () => undefined
})

const noteWork = (note: (work: Work) => void): Effect.Effect<void> =>
  Effect.withFiber((fiber) => {
    const work = fiber.getRef(RequestWork)
    if (work !== undefined) note(work)
    return Effect.void
  })

export const noteWidgets = (widgets: number) =>
  noteWork((work) => {
    work.widgets += widgets
  })

export const noteWait = (limit: string, millis: number) =>
  noteWork(({ waitedMillis }) => {
    waitedMillis[limit] = (waitedMillis[limit] ?? 0) + millis
  })

/** Measures counts of the source, and notes them for the log. */
export const countedBy = (source: Source, isCount: (exit: Exit.Exit<unknown, unknown>) => boolean = constTrue) => {
  const measured = timed(() => countSeconds({ source }), isCount)
  return <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.onExit(measured(effect), (exit) =>
      noteWork(({ counts }) => {
        if (isCount(exit)) counts[source] = (counts[source] ?? 0) + 1
      }))
}

/** The fields of the log line. It leaves out what the request did not do. */
export const fieldsOf = ({ counts, waitedMillis, widgets }: Work) => ({
  ...(widgets > 0 && { widgets }),
  ...(Object.keys(counts).length > 0 && { counts }),
  ...(Object.keys(waitedMillis).length > 0 && {
    waitedMillis: Object.fromEntries(Object.entries(waitedMillis).map(([limit, millis]) => [limit, Math.round(millis)]))
  })
})
