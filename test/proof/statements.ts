import { Result } from "effect"
import { OrgId, UserId } from "../../src/domain/Ids.ts"
import type { Scope } from "../../src/domain/Scope.ts"
import type { Timeframe } from "../../src/domain/Timeframe.ts"
import { all, type MetricId } from "../../src/metrics/all.ts"
import type { Metric } from "../../src/metrics/Metric.ts"
import { compile } from "../../src/query/compile.ts"
import { filtersOf } from "../../src/query/Filters.ts"
import { type Plan, planOf } from "../../src/query/Plan.ts"
import type { Statement } from "../../src/query/sql/Statement.ts"
import { groupingsOf } from "../support/groupingsOf.ts"

export interface Asked {
  readonly id: MetricId
  readonly groupBy: string | undefined
  readonly timeframe: Timeframe
  readonly userIds: ReadonlyArray<string>
  /** If `filters` is missing, the statement has every filter of its metric. */
  readonly filters?: { readonly [key: string]: unknown }
}

const asOf = Date.parse("2024-05-17T09:30:00Z")

const scopeOf = (userIds: ReadonlyArray<string>): Scope => ({
  organization: { organizationId: OrgId.make("org_demo"), timeZone: "Europe/Madrid", weekStart: 1, currency: "EUR" },
  kind: "members",
  people: userIds.map((id) => ({ userId: UserId.make(id), name: id, hasLeft: false }))
})

const tag = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"]

const everyFilter = { tag, source: ["web", "~none"], status: "asked for" }

/** These cases have no filter, or filters with no, one or several values, with and without ~none. */
const otherFilters = [
  {},
  { tag: ["no tag"], source: "~none", status: ["~none", "asked for", "web"] },
  { tag, source: "web", status: ["asked for", "web"] },
  { source: ["asked for", "web"], status: "~none" },
  { source: ["asked for", "web", "~none"] }
]

export const planFor = ({ filters = everyFilter, groupBy, id, timeframe, userIds }: Asked): Plan => {
  const metric: Metric = all[id]
  const question = { id, metric, scope: scopeOf(userIds), asOf, groupBy, filters: filtersOf(metric, filters) }
  const weights = new Map([["qualified", 1_000], ["offer", 3_333]])
  return Result.getOrThrowWith(planOf({ ...question, weights }, timeframe), ({ message }) => new Error(message))
}

export const statementOf = (asked: Asked): Statement => compile(planFor(asked))

const isId = (id: string): id is MetricId => Object.hasOwn(all, id)

export const ids = Object.keys(all).filter(isId)

export const people = (count: number) => Array.from({ length: count }, (_, index) => `user_${index + 1}`)

export const thisMonth: Timeframe = { preset: "this_month", bucket: "week" }

export const viewsOf = (id: MetricId, changes: Partial<Asked> = {}): ReadonlyArray<Asked> =>
  groupingsOf(all[id]).map((groupBy) => ({ id, groupBy, timeframe: thisMonth, userIds: people(2), ...changes }))

const timesAndPeople = ids.flatMap((id) =>
  [1, 2, 12].flatMap((count) =>
    ["this_month", "this_week", "last_month", "all_time"].flatMap((preset) =>
      viewsOf(id, { userIds: people(count), timeframe: { preset, bucket: "week" } })
    )
  )
)

/** Together, the statements of these metrics have every clause that the compiler writes. */
export const shapes: ReadonlyArray<MetricId> = [
  "leads.by_tag",
  "leads.avg_time_in_status",
  "leads.funnel",
  "leads.conversion_by_cohort",
  "leads.avg_time_to_first_call",
  "deals.won_value_over_time",
  "deals.win_rate",
  "deals.expected_value_over_time",
  "deals.overdue_close",
  "deals.weighted_pipeline",
  "deals.commission_breakdown",
  "deals.commission_by_agent",
  "tasks.by_status",
  "calls.avg_duration",
  "emails.reply_rate"
]

/** A statement differs for one person, a few and many people, without a window, and by the filters. */
export const formsOf = (id: MetricId): ReadonlyArray<Asked> => [
  ...[2, 1].flatMap((count) => viewsOf(id, { userIds: people(count) })),
  ...viewsOf(id, { userIds: people(12) }).slice(0, 1),
  ...viewsOf(id, { timeframe: { preset: "all_time" } }).slice(0, 1),
  ...(id === shapes[0] ? otherFilters.flatMap((filters) => viewsOf(id, { filters })) : [])
]

/** Together, these plans have every statement shape. They differ in metric, people, window and filters. */
export const everyForm = [
  ...timesAndPeople,
  ...ids.flatMap((id) => otherFilters.flatMap((filters) => viewsOf(id, { filters })))
]
