import { assert, it } from "@effect/vitest"
import { makeNumberColumn } from "../../src/columnStore/growing.ts"
import { deals, leads } from "../../src/metrics/crm.ts"
import { elapsed } from "../../src/metrics/Measure.ts"

const fields = [leads.createdAt, leads.firstCallAt, deals.price]
const created = { values: Float64Array.of(10, 20, 30), start: 1 }

it("rows without numbers in a field get no time, the amount 0, and the elapsed time 0", () => {
  const valuesFor = (quantity: Parameters<typeof makeNumberColumn>[0]) => {
    const column = makeNumberColumn(quantity, fields)
    column.appendAlike(2, (field) => field === 0 ? created : undefined)
    return [...column.values.subarray(0, 2)]
  }
  assert.deepStrictEqual(valuesFor(leads.createdAt), [20, 30])
  assert.deepStrictEqual(valuesFor(leads.firstCallAt), [Number.NaN, Number.NaN])
  assert.deepStrictEqual(valuesFor(deals.price), [0, 0])
  assert.deepStrictEqual(valuesFor(elapsed(leads.createdAt, leads.firstCallAt)), [0, 0])
})
