import type { HandwrittenId, MetricId } from "../metrics/all.ts"
import type { AggregateRow } from "../query/AggregateRow.ts"
import { leadFieldsOf, partitionPoint } from "../query/definitions.ts"
import type { Plan } from "../query/Plan.ts"
import { aggregateRows, type Names } from "./aggregateRows.ts"
import type { ColumnStore, Stored } from "./ColumnStore.ts"
import { countByLead } from "./joined/byLead.ts"
import { countCommissionBreakdown, countCommissionByAgent } from "./joined/commission.ts"
import type { Counting } from "./joined/Counting.ts"
import { countReplyRate } from "./joined/replyRate.ts"
import { countTimeInStatus } from "./joined/timeInStatus.ts"
import { lengthOf, type Order, type Range } from "./Order.ts"
import { type Reading, readingOf } from "./Reading.ts"
import { scanner } from "./scan.ts"
import { addRows, columnOf, type FirstViewers, makeTallies, subtract, type Tallies, type Tally } from "./Tally.ts"
import { type Viewers, viewersInScope } from "./viewers.ts"

const eachBucket = (
  { boundaries, gapBucket, hasLowerBound }: Plan,
  times: Float64Array | undefined,
  range: Range,
  add: (start: number, end: number, bucket: number) => void
): void => {
  if (range.start === range.end) return
  if (times === undefined) return add(range.start, range.end, 0)
  const firstAt = (boundary: number, start: number) => {
    const instant = boundaries[boundary] ?? Infinity
    return partitionPoint(start, range.end, (index) => (times[index] ?? 0) < instant)
  }
  let start = hasLowerBound ? firstAt(0, range.start) : range.start
  for (let bucket = hasLowerBound ? 1 : 0; bucket < boundaries.length && start < range.end; bucket++) {
    const end = firstAt(bucket, start)
    if (bucket !== gapBucket && end > start) add(start, end, bucket)
    start = end
  }
}

type Walk = (tally: Tally, range: Range, group: number, firstViewers?: FirstViewers) => void

const firstAt = (viewers: Viewers, least: number, most = least): FirstViewers => ({
  firsts: viewers.firsts(),
  least,
  most
})

const walkNobodys = (order: Order, viewers: Viewers, walk: Walk, tally: Tally, group: number) => {
  const { nobody } = viewers
  if (nobody === undefined) return
  for (const code of nobody.codes) walk(tally, order.ownOf(code), group)
  walk(tally, order.shared, group, firstAt(viewers, nobody.place))
}

const walkByPerson = (order: Order, viewers: Viewers, { counted, firsts: once }: Tallies, walk: Walk) => {
  const group = viewers.codes.length
  walkNobodys(order, viewers, walk, counted, group)
  if (once !== counted) walkNobodys(order, viewers, walk, once, group)
  for (const [group, code] of viewers.codes.entries()) {
    walk(counted, order.ownOf(code), group)
    walk(counted, order.sharedOf(code), group)
    if (once === counted) continue
    walk(once, order.ownOf(code), group)
    walk(once, order.sharedOf(code), group, firstAt(viewers, group + 1))
  }
}

const walkOnce = (order: Order, viewers: Viewers, { counted }: Tallies, walk: Walk) => {
  const { codes, isEverything, nobody, placeOf } = viewers
  for (const code of codes) walk(counted, order.ownOf(code), 0)
  if (nobody !== undefined) {
    for (const code of nobody.codes) walk(counted, order.ownOf(code), 0)
    return walk(counted, order.shared, 0, isEverything ? undefined : firstAt(viewers, 1, nobody.place))
  }
  const [only, ...others] = codes
  if (only === undefined) return
  if (others.length === 0) return walk(counted, order.sharedOf(only), 0)
  if (order.sharing.every((code) => placeOf(code) > 0)) return walk(counted, order.shared, 0)
  const entries = codes.reduce((sum, code) => sum + lengthOf(order.sharedOf(code)), 0)
  if (entries > lengthOf(order.shared)) {
    return walk(counted, order.shared, 0, firstAt(viewers, 1, codes.length))
  }
  for (const [index, code] of codes.entries()) walk(counted, order.sharedOf(code), 0, firstAt(viewers, index + 1))
}

/** A float holds sums up to this limit exactly, in any order of additions. */
export const maxTotal = 2 ** 52

const isExact = (
  { amount, plan: { metric: { at } }, price }: Reading,
  { levels, unsorted }: Stored
) => {
  const quantities = [amount, price].filter((quantity) => quantity !== undefined).map(columnOf)
  if (quantities.length === 0) return true
  const summed = [...unsorted, ...levels.at(at).flatMap(({ deleted, inserted }) => [inserted, deleted])]
  return quantities.every((quantity) => summed.reduce((sum, { totalOf }) => sum + totalOf(quantity), 0) <= maxTotal)
}

const namesOf = (
  { byPerson, byTag }: Reading,
  viewers: Viewers,
  { codes: { people, tags } }: Stored,
  { tagLabel }: ColumnStore
): Names => ({
  people: byPerson
    ? [...viewers.codes.map((code) => people.texts[code] ?? null), ...(viewers.nobody === undefined ? [] : [null])]
    : [],
  tags: byTag ? tags.texts.map((tag) => ({ group: tag, label: tagLabel(tag ?? "") ?? null })) : []
})

const countOrder = (
  order: Order,
  reading: Reading,
  stored: Stored,
  viewers: Viewers,
  tallies: Tallies
) => {
  const { buckets, byPerson, plan, width } = reading
  const add = order.tracks.faster(reading, scanner(reading, order, stored))
  const walk: Walk = (tally, range, group, firstViewers) =>
    eachBucket(
      plan,
      order.times,
      range,
      (start, end, bucket) => add(tally, start, end, (group * buckets + bucket) * width, firstViewers)
    )
  if (byPerson) walkByPerson(order, viewers, tallies, walk)
  else walkOnce(order, viewers, tallies, walk)
}

/** With more viewers times boundaries, a count would block the process for over 10 ms. */
const maxSteps = 100_000

export const execute = (
  plan: Plan,
  store: ColumnStore,
  viewersOf = viewersInScope(plan.scope)
): ReadonlyArray<AggregateRow> | undefined => {
  const { boundaries, metric: { at, from } } = plan
  const stored = store.stored(from.table)
  const reading = stored && readingOf(plan, stored)
  if (stored === undefined || reading === undefined) return undefined
  const viewers = viewersOf(stored.codes)
  const { codes, nobody } = viewers
  const ranges = codes.length + (nobody?.codes.length ?? 0)
  if (ranges * boundaries.length > maxSteps || !isExact(reading, stored)) return undefined
  const groups = codes.length + (nobody === undefined ? 0 : 1)
  const tallies = makeTallies(reading, groups)
  if (tallies === undefined) return undefined

  const levels = stored.levels.at(at)
  for (const { inserted } of levels) countOrder(inserted, reading, stored, viewers, tallies)
  const withDeleted = levels.filter(({ deleted }) => deleted.size > 0)
  const deletions = withDeleted.length === 0 ? undefined : makeTallies(reading, groups)
  if (deletions !== undefined) {
    for (const { deleted } of withDeleted) countOrder(deleted, reading, stored, viewers, deletions)
    subtract(tallies, deletions)
  }
  for (const rows of stored.unsorted) addRows(rows, reading, stored, viewers, tallies)
  return aggregateRows(reading, tallies, namesOf(reading, viewers, stored, store))
}

/** No joined rows have what a lead reached, so only SQL counts the funnel and the cohorts. */
const countNothing: Counting = () => undefined

const joined: { readonly [Id in HandwrittenId]: Counting } = {
  "leads.avg_time_in_status": countTimeInStatus,
  "leads.funnel": countNothing,
  "leads.conversion_by_cohort": countNothing,
  "deals.commission_breakdown": countCommissionBreakdown,
  "deals.commission_by_agent": countCommissionByAgent,
  "emails.reply_rate": countReplyRate
}

const isJoined = (id: MetricId): id is HandwrittenId => Object.hasOwn(joined, id)

/** Returns undefined if only SQL can compute the plan. */
export const count = (
  plan: Plan,
  store: ColumnStore,
  viewers = viewersInScope(plan.scope)
): ReadonlyArray<AggregateRow> | undefined => {
  const countRows = (of: Plan) => execute(of, store, viewers)
  if (leadFieldsOf(plan).length > 0) return countByLead(plan, countRows, store)
  return isJoined(plan.id) ? joined[plan.id](plan, countRows, store) : countRows(plan)
}
