import type { Tally } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { type Block, blockSize } from "./Batch.ts"
import type { Columns } from "./Column.ts"
import type { Store } from "./ColumnStore.ts"
import { firsts } from "./dedupe.ts"
import { makeSums } from "./ExactSum.ts"
import { makeCells } from "./GroupIndex.ts"
import { groupsOf } from "./groups.ts"
import { measure } from "./measure.ts"
import { passing } from "./predicate.ts"

/** Rows added up by bucket, currency and group. */
export interface Lines {
  /** Takes the block over: what it does not count is gone from it. */
  count(block: Block): void
  /** Undefined where they are too many. */
  tallies(): ReadonlyArray<Tally> | undefined
}

/** Leaves those of the block that are marked, with their other marks. */
const keepMarked = (block: Block, marks: Uint8Array, others: Uint8Array) => {
  const { buckets, rows } = block
  let kept = 0
  for (let place = 0; place < block.size; place++) {
    if (marks[place] !== 1) continue
    rows[kept] = rows[place] ?? 0
    buckets[kept] = buckets[place] ?? 0
    others[kept] = others[place] ?? 0
    kept += 1
  }
  block.size = kept
}

const noCurrency = [null]

/** What is noted of the rows of the block that is counted. */
const [marks, firstMarks] = [new Uint8Array(blockSize), new Uint8Array(blockSize)]
const [ns, ds] = [new Float64Array(blockSize), new Float64Array(blockSize)]

/** `viewers` are the codes of those in scope. */
export const makeLines = (plan: Plan, columns: Columns, store: Store, viewers: ReadonlyArray<number>): Lines => {
  const { dominant } = plan.metric
  const { weights } = columns
  const groups = groupsOf(plan, columns, store)
  const writes = measure(plan.metric.measure, columns, plan)
  const sieve = passing(plan, columns)
  const areFirst = firsts(plan, columns, viewers)
  const currencyOf = dominant && columns.codes(dominant.currency)
  const priceOf = dominant && columns.numbers(dominant.price)
  const currencies = dominant === undefined ? noCurrency : columns.dictionary(dominant.currency).texts

  /** What came less what went: a cell without rows is no line. */
  const rowsIn = makeSums()
  const [d, deals, price] = [makeSums(), makeSums(), makeSums()]
  const n = writes.n === undefined ? rowsIn : makeSums()
  const inUse = new Set([
    rowsIn,
    n,
    ...(writes.d === undefined ? [] : [d]),
    ...(dominant === undefined ? [] : [deals, price])
  ])
  const buckets = Math.max(1, plan.edges.length)
  const cells = makeCells({ buckets, currencies: currencies.length, groups: groups.known }, (added) => {
    for (const sums of inUse) sums.grow(added)
  })

  const keepCounted = (block: Block) => {
    firstMarks.fill(1, 0, block.size)
    areFirst?.(block.rows, block.size, firstMarks)
    if (sieve === undefined && (areFirst === undefined || groups.countsAgain)) return
    if (groups.countsAgain) marks.fill(1, 0, block.size)
    else marks.set(firstMarks)
    sieve?.(block.rows, block.size, marks)
    keepMarked(block, marks, firstMarks)
  }

  const count = (block: Block) => {
    keepCounted(block)
    const { buckets: bucketOf, rows, size } = block
    writes.n?.(rows, size, ns)
    writes.d?.(rows, size, ds)
    groups.addEach(rows, size, firstMarks, (place, group, isFirst) => {
      const row = rows[place] ?? 0
      const weight = weights[row] ?? 0
      const cell = cells.beginOf(group, currencyOf?.[row] ?? 0) + (bucketOf[place] ?? 0)
      rowsIn.add(cell, weight)
      if (writes.n !== undefined) n.add(cell, weight * (ns[place] ?? 0))
      if (writes.d !== undefined) d.add(cell, weight * (ds[place] ?? 0))
      if (priceOf === undefined || !isFirst) return
      const cents = priceOf[row] ?? Number.NaN
      deals.add(cell, weight)
      if (!Number.isNaN(cents)) price.add(cell, weight * cents)
    })
  }

  const tallies = () =>
    cells.all.flatMap(({ begin, currency, group }) => {
      const named = { ...groups.nameOf(group), currency: currencies[currency] ?? null }
      const lines: Array<Tally> = []
      for (let bucket = 0; bucket < buckets; bucket++) {
        const cell = begin + bucket
        if (rowsIn.at(cell) === 0n) continue
        lines.push({
          bucket,
          ...named,
          n: n.at(cell),
          d: d.at(cell),
          deals: deals.at(cell),
          price: price.at(cell)
        })
      }
      return lines
    })
  return { count, tallies: () => cells.areTooMany ? undefined : tallies() }
}
