import type { Random } from "../../../src/data/Random.ts"
import type { Caller } from "../../../src/domain/Caller.ts"
import { OrgId, UserId } from "../../../src/domain/Ids.ts"
import type { Selection, WidgetRequest } from "../../../src/domain/Run.ts"
import { buckets, presets, type Timeframe } from "../../../src/domain/Timeframe.ts"
import { metricsById } from "../../../src/metrics/all.ts"
import type { Question } from "../../support/ask.ts"
import { groupingsOf } from "../../support/groupingsOf.ts"
import { people, tagIds } from "./tables.ts"

const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)

const timeframeOf = (chance: Random): Timeframe => {
  const preset = chance.pick(["all_time", "last_12m", "last_90d", ...presets])
  return {
    preset,
    ...(preset === "custom" && { from: day(chance.integer(100, 400)), to: day(chance.integer(0, 99)) }),
    bucket: chance.pick(buckets),
    ...(chance.chance(0.3) && { timeZone: chance.pick(["UTC", "Europe/Madrid", "Pacific/Apia"]) })
  }
}

const filtersOf = (chance: Random): NonNullable<WidgetRequest["filters"]> => ({
  ...(chance.chance(0.5) && { tag: [chance.pick([tagIds[0] ?? "", ...tagIds])] }),
  ...(chance.chance(0.5) && { source: ["portal", chance.pick(["~none", "fair"])] }),
  ...(chance.chance(0.3) && { status: ["lead", "client"] })
})

const [first = "leads.total", ...others] = metricsById.keys()

const widgetOf = (chance: Random, instanceId: string): WidgetRequest => {
  const metricId = chance.pick([first, ...others])
  const metric = metricsById.get(metricId)
  if (metric === undefined) return { instanceId, metricId, chart: "stat" }
  const groupBy = chance.pick([undefined, ...groupingsOf(metric)])
  return {
    instanceId,
    metricId,
    chart: chance.pick(metric.charts),
    timeframe: timeframeOf(chance),
    ...(groupBy !== undefined && { groupBy }),
    ...(metric.filters !== undefined && chance.chance(0.3) && { filters: filtersOf(chance) }),
    ...(metric.shape === "timeseries" && chance.chance(0.3) && { comparePrevious: true })
  }
}

/** About half of the widgets are asked for again and again, so that their plans get tracks. */
export const questionsFrom = (chance: Random) => {
  const usual = Array.from({ length: 40 }, () => widgetOf(chance, ""))
  const [favourite = widgetOf(chance, ""), ...rest] = usual
  return (organization: string): Question => {
    const person = () => UserId.make(chance.pick(["p1", ...people]))
    const caller: Caller = {
      organizationId: OrgId.make(organization),
      userId: person(),
      role: chance.chance(0.8) ? "admin" : "member"
    }
    const widgets = Array.from({ length: chance.integer(1, 10) }, (_, index) => {
      const instanceId = `w${index}`
      return chance.chance(0.5) ? { ...chance.pick([favourite, ...rest]), instanceId } : widgetOf(chance, instanceId)
    })
    const selection = chance.pick<Selection>([
      {},
      { everyone: true },
      { everyone: true },
      { assigneeIds: [person(), person(), person()] },
      { assigneeIds: people.slice(0, chance.integer(1, 12)) }
    ])
    return { caller, request: { widgets, ...selection } }
  }
}
