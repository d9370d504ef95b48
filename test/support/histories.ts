import { Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { ReportId } from "../../src/domain/Ids.ts"
import type { FreezeRequest } from "../../src/domain/Snapshot.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { Freezing } from "../../src/services/reports/Freezing.ts"
import { Histories } from "../../src/services/reports/Histories.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { deal, euros, lead } from "../../src/testing/rows.ts"
import { testKeys } from "../../src/testing/testKeys.ts"
import { freezeSchedulesOver } from "./freezeSchedules.ts"
import { person, sales } from "./targets.ts"

export const ana = person("ana", "admin")
export const bo = person("bo")

const open = (dealId: string, stage: string, price: number) =>
  deal(dealId, "2026-10-01", { status: "open", stage, price: euros(price), ownerId: "ana" })

const tables: Tables = {
  ...sales,
  deals: [...sales.deals, open("o1", "offer", 100), open("o2", "qualified", 40)],
  leads: [...sales.leads, lead("l3", "2026-10-12", { ownerId: "ana", source: "portal" })]
}

export const over = (rows = tables) => freezeSchedulesOver(rows, testKeys(() => "admin"))

export const total = { instanceId: "w", metricId: "leads.total", chart: "stat" }
export const won = { instanceId: "w", metricId: "deals.win_rate", chart: "stat" }
export const sources = { instanceId: "w", metricId: "leads.by_source", chart: "bar" }

const onDay = (day: number) => Date.parse(`2026-10-${day}T10:00:00Z`)
export const everyone = { everyone: true }

export const saved = Effect.fnUntraced(function*(widget: object = total, owner: Caller = ana) {
  const { id } = yield* (yield* ReportRepo).create(owner, {
    title: "Saved",
    visibility: "organization",
    layout: { widgets: [{ ...total, ...widget }] }
  })
  return id
})

export const freezeOn = (day: number, id: ReportId, request: FreezeRequest = everyone, caller = ana) =>
  Freezing.use(({ freeze }) => fixedClock(onDay(day))(freeze(caller, id, request)))

export const changeTo = (id: ReportId, widget: object) =>
  ReportRepo.use((reports) => reports.update(ana, id, { layout: { widgets: [{ ...total, ...widget }] } }, undefined))

export const historyOf = (id: ReportId, caller = ana, range: { readonly from?: string; readonly to?: string } = {}) =>
  Histories.use((histories) => histories.of(caller, id, { instanceId: "w", ...range }))

export const shown = ({ points, snapshots }: Effect.Success<ReturnType<typeof historyOf>>) =>
  snapshots.map(({ gap }, index) => gap?.reason ?? points[index]?.["value"])
