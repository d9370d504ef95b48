import { assert, describe, it } from "@effect/vitest"
import { comparing } from "../../src/columnStore/compareRows.ts"
import { makePace } from "../../src/columnStore/pace.ts"
import { sorting } from "../../src/columnStore/sorting.ts"
import { trackTerms } from "../../src/columnStore/Tracks.ts"
import { random } from "../../src/data/Random.ts"
import { leadsTable } from "../../src/metrics/crm.ts"

const { createdAt } = leadsTable.fields

/** Showing the difference of long arrays would take half a minute. */
const assertEqual = (found: ArrayLike<number>, expected: ArrayLike<number>) =>
  assert.strictEqual(Array.from(found).findIndex((value, index) => !Object.is(value, expected[index])), -1)

const sorted = (at: typeof createdAt | undefined, times: Float64Array) => {
  const kinds = Int32Array.from(times, (_, row) => (row * 7_919) % 101)
  const [viewers, tagLists] = [kinds.map((kind) => kind % 7), Int32Array.from(times, (_, row) => row)]
  const columns = { kinds, viewers, tagLists, numbers: () => times }
  const terms = { at, quantities: [createdAt], trackTerms, isDue: makePace(2 ** 16) }
  const found = tagLists.slice()
  for (const _ of sorting(columns, terms)(found));
  assertEqual(found, tagLists.slice().sort(comparing(terms, columns, columns)))
}

describe("sorting rows", () => {
  const day = 86_400_000
  const { integer } = random(1)
  const times = Float64Array.from({ length: 20_000 }, () => integer(0, 700) * day + integer(0, day - 1))

  it("rows are in the order of their times, also if one time is far from all others", () => {
    sorted(createdAt, times)
    sorted(createdAt, times.with(5, Date.parse("9999-12-31T00:00:00Z")))
    sorted(createdAt, times.with(5, Date.parse("-004712-01-01T00:00:00Z")))
  })

  it("rows with equal times are in the order of the other columns", () => {
    sorted(createdAt, times.map((time) => time - time % (40 * day)))
    sorted(createdAt, times.map(() => day))
  })

  it("rows whose times differ by less than a grain are in the order of their times", () =>
    sorted(createdAt, times.map((time) => time % (10 * day)).with(5, 2 ** 53 - 1)))

  it("rows without a number come after rows that differ only in this number", () => {
    const equal = new Int32Array(times.length)
    const numbers = times.map((time, row) => row % 3 === 0 ? Number.NaN : time)
    const columns = { kinds: equal, viewers: equal, tagLists: equal, numbers: () => numbers }
    const found = Int32Array.from(times, (_, row) => row)
    for (
      const _ of sorting(columns, { at: undefined, quantities: [createdAt], trackTerms, isDue: makePace(1) })(found)
    );
    assertEqual(Float64Array.from(found, (row) => numbers[row] ?? 0), numbers.toSorted())
  })

  it("rows without a time are in the order of all columns", () => sorted(undefined, times))
})
