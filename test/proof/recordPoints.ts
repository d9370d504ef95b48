import { Effect, Result } from "effect"
import { isDeepStrictEqual } from "node:util"
import { type Random, random, seedOf } from "../../src/data/Random.ts"
import type { RecordsAt } from "../../src/domain/Records.ts"
import { isEmptyScope, type Scope } from "../../src/domain/Scope.ts"
import type { Series } from "../../src/domain/Series.ts"
import { metricsById } from "../../src/metrics/all.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { recordTypeOfMetric } from "../../src/query/compile.ts"
import { findRecords } from "../../src/query/inMemory.ts"
import type { Plan } from "../../src/query/Plan.ts"
import { type CountedPage, idPart, type PageStart, type Point, type RecordQuery } from "../../src/query/Point.ts"
import { pointOf } from "../../src/query/series/pointOf.ts"
import { shape } from "../../src/query/series/shape.ts"
import { sumOf } from "../../src/query/series/values.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import type { Reader } from "../../src/services/run/Reader.ts"
import { countedRows } from "../../src/services/run/widgets.ts"
import { randomTables } from "../support/randomTables.ts"
import { expect } from "./Broken.ts"
import { questionsOf } from "./questions.ts"
import { planOfWidget, scopeOf } from "./recordPlan.ts"
import { amountsOf } from "./recordSums.ts"
import { amongStrangers } from "./strangers.ts"
import { sum, type Tried } from "./Tried.ts"
import { peopleOf, seenBy } from "./visible.ts"

export const someOf = <A>(chance: Random, values: ReadonlyArray<A>, most: number) =>
  chance.shuffled(values).slice(0, most)

const isTold = (point: object) => Object.values(point).some((value) => typeof value === "number" && value !== 0)

/** Returns places to ask records for: the whole series, each line or category, and some buckets of both windows. */
const pointsOf = (chance: Random, series: Series): ReadonlyArray<RecordsAt> => {
  if (series.shape === "stat") {
    if (series.meta.withoutDate !== undefined) return [{}, { bucket: "~none" }]
    return series.meta.previousWindow === undefined ? [{}] : [{}, { period: "previous" }]
  }
  if (series.shape !== "timeseries") return [{}, ...series.points.map(({ category }) => ({ category }))]
  const keys = series.series.map(({ key }) => key)
  const buckets = someOf(chance, series.points.filter(isTold), 5).map(({ bucket }) => bucket)
  const inBuckets = buckets.flatMap((bucket) => [
    { bucket },
    ...someOf(chance, keys, 3).map((key) => ({ bucket, series: key }))
  ])
  const before = someOf(chance, series.previousPoints ?? [], 2).flatMap(({ bucket }) => [
    { bucket, period: "previous" as const },
    ...someOf(chance, keys, 2).map((key) => ({ bucket, series: key, period: "previous" as const }))
  ])
  const undated = series.meta.withoutDate === undefined ? [] : [{ bucket: "~none" }]
  return [{}, ...keys.map((key) => ({ series: key })), ...inBuckets, ...before, ...undated]
}

const most = 10_000

export const wholeOf = (point: Point): RecordQuery => ({ ...point, limit: most, after: undefined })

const noRecords: CountedPage = { rows: [], totals: { rows: 0, numerator: 0n, denominator: 0n } }

/** Returns the ids of rows by type of record. For spells and shares, they are the ids of leads and deals. */
const seenIds = ({ calls, deals, emails, leads, tasks }: Tables) => ({
  lead: new Set(leads.map(({ leadId }) => leadId)),
  deal: new Set(deals.map(({ dealId }) => dealId)),
  task: new Set(tasks.map(({ taskId }) => taskId)),
  call: new Set(calls.map(({ callId }) => callId)),
  email: new Set(emails.map(({ emailId }) => emailId)),
  spell: new Set(leads.map(({ leadId }) => idPart(leadId))),
  share: new Set(deals.map(({ dealId }) => idPart(dealId)))
})

type Seen = ReturnType<typeof seenIds>

const isSeen = (seen: Seen, plan: Plan) => {
  const { name } = recordTypeOfMetric(plan)
  const isPart = name === "spell" || name === "share"
  return (id: string) => seen[name].has(isPart ? id.split("/")[0] ?? "" : id)
}

/** Contains a widget's result over one of three CRMs: all rows, the visible rows, or these among rows of strangers. */
interface Counted {
  readonly plan: Plan
  readonly series: Series
  readonly rows: Effect.Success<ReturnType<Reader["rows"]>>
  /** Contains the aggregate rows of the previous window. */
  readonly before: Effect.Success<ReturnType<Reader["rows"]>>
  readonly open: Effect.Success<ReturnType<Reader["rows"]>>
  readonly tables: Tables
}

const countedIn = Effect.fnUntraced(function*(plan: Plan, tables: Tables) {
  const source = yield* Effect.provide(Effect.service(MetricSource), MetricSource.layerMemory(tables))
  const counted = yield* Effect.orDie(countedRows(yield* source.open(plan.scope), plan))
  return counted === undefined
    ? undefined
    : { ...counted, series: shape(counted.plan, counted.rows, counted.before, counted.open), tables }
})

const pageOf = ({ before, open, plan, rows, tables }: Counted, at: RecordsAt): CountedPage | undefined => {
  const point = pointOf(plan, rows, at, before, open)
  return point && (isEmptyScope(plan.scope) ? noRecords : findRecords(wholeOf(point), tables))
}

/** Reads the records in pages of half their number. */
const pagesOf = (point: Point, { rows }: CountedPage, tables: Tables): ReadonlyArray<CountedPage> => {
  const limit = Math.max(1, Math.ceil(rows.length / 2))
  const pages: Array<CountedPage> = []
  let after: PageStart | undefined
  do {
    const page = findRecords({ ...point, limit, after }, tables)
    pages.push(page)
    const last = page.rows.length < limit ? undefined : page.rows.at(-1)
    after = last && { at: last.at, id: last.id, totals: page.totals }
  } while (after !== undefined)
  return pages
}

/** Returns the first claim that does not hold for the records of a point. */
const failedClaim = (
  [found, alone, among]: readonly [Counted, Counted, Counted],
  at: RecordsAt,
  seen: Seen
): { readonly claim?: string; readonly records: number; readonly point?: Point } => {
  const { before, open, plan, rows, series, tables } = found
  const point = pointOf(plan, rows, at, before, open)
  const page = pageOf(found, at)
  if (point === undefined || page === undefined) return { claim: "a point of the series has records", records: 0 }
  const records = page.rows.length
  const failed = (claim: string) => ({ claim, records })
  if (!isDeepStrictEqual(pageOf(alone, at), page)) return failed("hidden rows change no record")
  if (!isDeepStrictEqual(pageOf(among, at), page)) return failed("other rows outside the scope change no record")
  const comparison = at.period === "previous" ? plan.comparison : null
  const sums = at.bucket === "~none"
    ? amountsOf.undated(series, open)
    : amountsOf.chosen(comparison ?? plan, series, comparison === null ? rows : before, at)
  const { totals } = page
  if (totals === undefined) return failed("the first page has totals")
  const { denominator, numerator } = totals
  if (!isDeepStrictEqual(sums, { denominator, numerator })) return failed("the sums are those of the point")
  if (!isDeepStrictEqual(sumOf(page.rows), sums)) return failed("the weights add up to the sums")
  if (records !== totals.rows) return failed("the total is the number of records")
  if (!page.rows.every(({ id }) => isSeen(seen, plan)(id))) return failed("every record is seen by somebody in scope")
  if (records > 0) {
    const pages = pagesOf(point, page, tables)
    const joined = pages.flatMap((one) => one.rows)
    if (!isDeepStrictEqual(joined, page.rows)) return failed("the pages together have each record once")
    if (new Set(joined.map(({ id }) => id)).size !== records) return failed("no two records have the same id")
  }
  return { records, point }
}

/** Tries every metric × groupBy × filter set × scope. Calls `check` at each point whose scope has people. */
export const points = Effect.fnUntraced(function*<E, R>(
  seed: number,
  tables: Tables,
  check: (asked: unknown, scope: Scope, point: Point) => Effect.Effect<void, E, R>
) {
  const chance = random(seedOf(seed, 98))
  const others = randomTables(seed + 1_000_003)
  const tried: Array<Tried> = []
  for (const question of questionsOf(seed, tables)) {
    const people = peopleOf(question, tables)
    const { visible } = seenBy(question.caller, people, tables)
    const among = amongStrangers(question, people, visible, others)
    const scope = yield* scopeOf(question, tables)
    const seen = seenIds(visible)
    for (const widget of question.request.widgets) {
      if (question.caller.role === "member" && metricsById.get(widget.metricId)?.adminOnly === true) continue
      const plan = planOfWidget(widget, scope, question.request)
      if (Result.isFailure(plan)) continue
      const counted = yield* Effect.all([tables, visible, among].map((rows) => countedIn(plan.success, rows)))
      const [found, alone, amid] = counted
      if (found === undefined || alone === undefined || amid === undefined) continue
      for (const at of pointsOf(chance, found.series)) {
        const asked = { seed, caller: question.caller, people, widget, at }
        const { claim, point, records } = failedClaim([found, alone, amid], at, seen)
        if (claim !== undefined) yield* expect(false, claim, asked, pageOf(found, at))
        if (point !== undefined && people.length > 0) yield* check(asked, scope, point)
        tried.push({ cases: 1, telling: records > 0 ? 1 : 0 })
      }
    }
  }
  return sum(tried)
})

/** Checks the records in memory only. */
export const recordPoints = (seed: number) => points(seed, randomTables(seed), () => Effect.void)
