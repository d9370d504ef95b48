import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { compact } from "./Batch.ts"
import { type ColumnStore, type Rows, scan } from "./ColumnStore.ts"
import { makeExactSums, makeGroupIndex } from "./ExactSums.ts"
import { groupsOf } from "./groups.ts"
import { measure } from "./measure.ts"
import { dedupe, populationFilter, type Viewers, viewersInScope } from "./predicate.ts"

export interface HashAggregate {
  addBatch(): void
  rows(): ReadonlyArray<AggregateRow> | undefined
}

const noCurrency = [null]

const makeHashAggregate = (
  plan: Plan,
  { columns }: Rows,
  store: ColumnStore,
  viewers: Viewers
): HashAggregate => {
  const { dominant } = plan.metric
  const { batch, denominators, firsts, numerators, selection } = store.scratch
  const { weights } = columns
  const groups = groupsOf(plan, columns, store)
  const writes = measure(plan.metric.measure, columns, plan)
  const matches = populationFilter(plan, columns)
  const selectFirsts = dedupe(plan, columns, viewers)
  const currencyOf = dominant && columns.codes(dominant.currency)
  const priceOf = dominant && columns.numbers(dominant.price)
  const currencies = dominant === undefined ? noCurrency : columns.dictionary(dominant.currency).texts

  /** Adds up the weights. Cells whose sum is 0 are not reported. */
  const rowCounts = makeExactSums()
  const [denominatorSums, currencyRows, currencyTotals] = [makeExactSums(), makeExactSums(), makeExactSums()]
  const numeratorSums = writes.numerators === undefined ? rowCounts : makeExactSums()
  const used = new Set([
    rowCounts,
    numeratorSums,
    ...(writes.denominators === undefined ? [] : [denominatorSums]),
    ...(dominant === undefined ? [] : [currencyRows, currencyTotals])
  ])
  const buckets = Math.max(1, plan.boundaries.length)
  const groupIndex = makeGroupIndex({ buckets, currencies: currencies.length, groups: groups.codeCount }, (cells) => {
    for (const sums of used) sums.grow(cells)
  })

  const filterBatch = () => {
    firsts.fill(1, 0, batch.size)
    selectFirsts?.(batch.rows, batch.size, firsts)
    if (matches === undefined && (selectFirsts === undefined || groups.isByViewer)) return
    if (groups.isByViewer) selection.fill(1, 0, batch.size)
    else selection.set(firsts)
    matches?.(batch.rows, batch.size, selection)
    compact(store.scratch)
  }

  const addBatch = () => {
    filterBatch()
    const { buckets: bucketOf, rows, size } = batch
    writes.numerators?.(rows, size, numerators)
    writes.denominators?.(rows, size, denominators)
    groups.addEach(rows, size, firsts, (index, group, isFirst) => {
      const row = rows[index] ?? 0
      const weight = weights[row] ?? 0
      const cell = groupIndex.firstCellOf(group, currencyOf?.[row] ?? 0) + (bucketOf[index] ?? 0)
      rowCounts.add(cell, weight)
      if (writes.numerators !== undefined) numeratorSums.add(cell, weight * (numerators[index] ?? 0))
      if (writes.denominators !== undefined) denominatorSums.add(cell, weight * (denominators[index] ?? 0))
      if (priceOf === undefined || !isFirst) return
      const price = priceOf[row] ?? Number.NaN
      currencyRows.add(cell, weight)
      if (!Number.isNaN(price)) currencyTotals.add(cell, weight * price)
    })
  }

  const rows = () =>
    groupIndex.entries.flatMap(({ currency, firstCell, group }) => {
      const named = { ...groups.nameOf(group), currency: currencies[currency] ?? null }
      const result: Array<AggregateRow> = []
      for (let bucket = 0; bucket < buckets; bucket++) {
        const cell = firstCell + bucket
        if (rowCounts.at(cell) === 0n) continue
        result.push({
          bucket,
          ...named,
          numerator: numeratorSums.at(cell),
          denominator: denominatorSums.at(cell),
          currencyRows: currencyRows.at(cell),
          currencyTotal: currencyTotals.at(cell)
        })
      }
      return result
    })
  return { addBatch, rows: () => groupIndex.isFull ? undefined : rows() }
}

/** More steps (viewers times boundaries) would block the process for over 10 ms. */
const maxSteps = 100_000

/** Returns undefined if only SQL can compute the plan. */
export const execute = (
  plan: Plan,
  store: ColumnStore,
  viewers = viewersInScope(plan.scope)
): ReadonlyArray<AggregateRow> | undefined => {
  const rows = store.rowsOf(plan.metric.from.table)
  if (rows === undefined) return undefined
  const inScope = viewers.codesIn(store.people)
  if (inScope.length * plan.boundaries.length > maxSteps) return undefined
  const aggregate = makeHashAggregate(plan, rows, store, viewers)
  scan(plan, rows, inScope, store.scratch, aggregate.addBatch)
  return aggregate.rows()
}
