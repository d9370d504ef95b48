import { Effect, type Layer } from "effect"
import type { Caller, Role } from "../../src/domain/Caller.ts"
import type { Layout } from "../../src/domain/Layout.ts"
import type { CreateSubscription } from "../../src/domain/Subscription.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import type { MetricSource } from "../../src/services/run/MetricSource.ts"
import { deal, euros, lead } from "../../src/testing/rows.ts"
import { testKeys } from "../../src/testing/testKeys.ts"
import { deliverAt, deliveriesOver, subscribed } from "./deliveries.ts"
import { set, seven } from "./deliveryScene.ts"
import { parsed, smtpServer } from "./smtpServer.ts"
import { sales } from "./targets.ts"

const widget = { chart: "stat", timeframe: { preset: "today" }, x: 0, y: 0, w: 6, h: 4 }

/** Each card counts one local day, so that a test chooses the number of each day. */
export const layout: Layout = {
  widgets: [
    { ...widget, instanceId: "new", metricId: "leads.total" },
    { ...widget, instanceId: "rate", metricId: "deals.win_rate" },
    { ...widget, instanceId: "value", metricId: "deals.avg_value" }
  ]
}

export const firstDay = 11

const early = (day: number) => `2026-10-${day}T01:00`

/** The leads of a person: so many on the first day, on the second day, and so on. */
export const newLeads = (ownerId: string, ...counts: ReadonlyArray<number>): Tables["leads"] =>
  counts.flatMap((count, index) =>
    Array.from({ length: count }, (_, at) => lead(`${ownerId} ${index} ${at}`, early(firstDay + index), { ownerId }))
  )

/** A deal of a person that was closed on each day. A day without a status has no deal. */
export const closed = (
  ownerId: string,
  ...days: ReadonlyArray<{ readonly status?: string; readonly price?: number; readonly currency?: string }>
): Tables["deals"] =>
  days.flatMap(({ currency = "EUR", price = 1, status }, index) =>
    status === undefined
      ? []
      : [deal(`${ownerId} ${index}`, "2026-09-01", {
        ownerId,
        status,
        closedAt: Date.parse(`${early(firstDay + index)}Z`),
        price: euros(price),
        currency
      })]
  )

type Server = Effect.Success<ReturnType<typeof smtpServer>>

/** Runs a test over these rows, with a mail server, and with roles that it can change. */
export const alertScene = <A, E, R>(
  rows: Partial<Tables>,
  act: (server: Server, roles: Map<string, Role | undefined>) => Effect.Effect<A, E, R>,
  source?: Layer.Layer<MetricSource>
) =>
  Effect.gen(function*() {
    const server = yield* smtpServer()
    const roles = new Map<string, Role | undefined>([["ana", "admin"], ["bo", "member"], ["ed", "member"]])
    const keys = testKeys((_organization, userId) => roles.get(userId))
    const tables = { ...sales, deals: [], leads: [], ...rows }
    return yield* Effect.provide(act(server, roles), deliveriesOver(tables, keys, server.port, undefined, source))
  })

export const alerting = (
  caller: Caller,
  to: ReadonlyArray<string>,
  when: CreateSubscription["when"],
  more: Partial<CreateSubscription> = {}
) => subscribed(caller, to, layout, set, { format: "link", ...(when && { when }), ...more })

/** Delivers at seven o'clock on so many days. Returns to whom mails were sent on each day. */
export const deliverDays = Effect.fnUntraced(function*(server: Server, count: number, from = 0) {
  const days: Array<string> = []
  for (let index = from; index < from + count; index++) {
    const before = server.mails.length
    yield* deliverAt(seven(firstDay + index))
    days.push(server.mails.slice(before).map(({ to }) => to.slice(0, to.indexOf("@"))).toSorted().join(" "))
  }
  return days
})

/** The subject and the first line of the newest mail. */
export const newestMail = Effect.fnUntraced(function*({ mails }: Server) {
  const newest = mails.at(-1)
  if (newest === undefined) return undefined
  const { subject, text } = yield* parsed(newest)
  return { subject, line: text?.split("\n")[0] }
})
