import { Context, Effect, type Exit, Predicate } from "effect"
import { constTrue } from "effect/Function"
import type { Caller } from "../domain/Caller.ts"
import type { Rate } from "../domain/Limit.ts"
import { timed } from "./measure.ts"
import { countSeconds } from "./metrics.ts"

type Source = "sql" | "standby" | "replica"

/** The facts of a request, for its log line, for the headers of its response, and for `ResponseBudget`. */
export interface Facts {
  caller?: Caller
  rates?: ReadonlyArray<Rate>
  /** The name of the limit that refused the request. */
  limit?: string
  /** The seconds after which the request may be sent again. */
  retryAfter?: unknown
  widgets: number
  /** The number of counts of each source. */
  readonly counts: Partial<Record<Source, number>>
  /** The time of waits, in milliseconds, by the limit. */
  readonly waitedMillis: Record<string, number>
}

export const RequestFacts = Context.Reference<Facts | undefined>("crm-reports/telemetry/RequestFacts", {
  defaultValue: () => undefined
})

export const noFacts = (): Facts => ({ widgets: 0, counts: {}, waitedMillis: {} })

/** A request without a valid token belongs to nobody. */
export const ownerOf = (facts: Facts | undefined): string => facts?.caller?.userId ?? ""

const note = (change: (facts: Facts) => void): Effect.Effect<void> =>
  Effect.withFiber((fiber) => {
    const facts = fiber.getRef(RequestFacts)
    if (facts !== undefined) change(facts)
    return Effect.void
  })

export const noteCaller = (caller: Caller) =>
  note((facts) => {
    facts.caller = caller
  })

/** The log names the limit that refused a request. */
export const noteLimit = (error: unknown) =>
  note((facts) => {
    if (!Predicate.hasProperty(error, "limit") || typeof error.limit !== "string") return
    facts.limit = error.limit
    if (Predicate.hasProperty(error, "retryAfter")) facts.retryAfter = error.retryAfter
  })

export const noteWidgets = (widgets: number) =>
  note((facts) => {
    facts.widgets += widgets
  })

export const noteWait = (limit: string, millis: number) =>
  note(({ waitedMillis }) => {
    waitedMillis[limit] = (waitedMillis[limit] ?? 0) + millis
  })

/** Measures counts of the source, and notes them for the log. */
export const countedBy = (source: Source, isCount: (exit: Exit.Exit<unknown, unknown>) => boolean = constTrue) => {
  const measured = timed(() => countSeconds({ source }), isCount)
  return <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.onExit(measured(effect), (exit) =>
      note(({ counts }) => {
        if (isCount(exit)) counts[source] = (counts[source] ?? 0) + 1
      }))
}

/** The fields of the log line. It leaves out what the request did not do. */
export const fieldsOf = ({ caller, counts, limit, retryAfter, waitedMillis, widgets }: Facts) => ({
  ...(caller !== undefined && { organizationId: caller.organizationId, userId: caller.userId }),
  ...(limit !== undefined && { limit, retryAfter }),
  ...(widgets > 0 && { widgets }),
  ...(Object.keys(counts).length > 0 && { counts }),
  ...(Object.keys(waitedMillis).length > 0 && {
    waitedMillis: Object.fromEntries(Object.entries(waitedMillis).map(([limit, millis]) => [limit, Math.round(millis)]))
  })
})
