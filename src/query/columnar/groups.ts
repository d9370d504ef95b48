import type { Part } from "../../metrics/Metric.ts"
import type { Tally } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { blockSize } from "./Batch.ts"
import type { Columns } from "./Column.ts"
import type { Store } from "./ColumnStore.ts"
import { predicate } from "./predicate.ts"

type Add = (place: number, group: number, isFirst: boolean) => void

/** Adds each of the first `size` rows, by its place, to its groups; a row in several has a say in the currency in one. */
type AddEach = (rows: Int32Array, size: number, firstMarks: Uint8Array, add: Add) => void

/** The groups of rows, as codes. */
interface Groups {
  /** How many codes there are. */
  readonly known: number
  readonly addEach: AddEach
  /** A row counts for each of those in scope who see it, not for the first alone. */
  readonly countsAgain: boolean
  readonly nameOf: (group: number) => Pick<Tally, "group" | "label">
}

type Texts = ReadonlyArray<string | null>

const whole: AddEach = (_rows, size, _firstMarks, add) => {
  for (let place = 0; place < size; place++) add(place, 0, true)
}

const byCode = (codes: Int32Array): AddEach => (rows, size, firstMarks, add) => {
  for (let place = 0; place < size; place++) add(place, codes[rows[place] ?? 0] ?? 0, firstMarks[place] === 1)
}

const byList = (codes: Int32Array, lists: ReadonlyArray<ReadonlyArray<number>>): AddEach => (rows, size, _, add) => {
  const [empty = []] = lists
  for (let place = 0; place < size; place++) {
    const list = lists[codes[rows[place] ?? 0] ?? 0] ?? empty
    for (let index = 0; index < list.length; index++) add(place, list[index] ?? 0, index === 0)
  }
}

/** The first part that a row is of, from 1 on. */
const byPart = (parts: ReadonlyArray<Part>, columns: Columns, plan: Plan): AddEach => {
  const sieves = parts.map(({ where }) => where && predicate(where, columns, plan))
  const [own, found] = [new Uint8Array(blockSize), new Int32Array(blockSize)]
  return (rows, size, _firstMarks, add) => {
    found.fill(0, 0, size)
    for (const [part, sieve] of sieves.entries()) {
      if (sieve === undefined) continue
      own.fill(1, 0, size)
      sieve(rows, size, own)
      for (let place = 0; place < size; place++) if (own[place] === 1 && found[place] === 0) found[place] = part + 1
    }
    for (let place = 0; place < size; place++) add(place, found[place] ?? 0, true)
  }
}

const named = (texts: Texts, addEach: AddEach): Groups => ({
  known: texts.length,
  addEach,
  countsAgain: false,
  nameOf: (group) => ({ group: texts[group] ?? null, label: null })
})

export const groupsOf = (plan: Plan, columns: Columns, { people, tagName }: Store): Groups => {
  const { split } = plan
  switch (split._tag) {
    case "Whole":
      return named([null], whole)
    case "Parts":
      return named([null, ...split.parts.map(({ key }) => key)], byPart(split.parts, columns, plan))
    case "By": {
      const { dimension } = split
      if (dimension._tag === "Person") return { ...named(people.texts, byCode(columns.seers)), countsAgain: true }
      const { texts } = columns.dictionary(dimension)
      const codes = columns.codes(dimension)
      if (dimension.kind === "text") return named(texts, byCode(codes))
      return {
        ...named(texts, byList(codes, columns.lists(dimension).all)),
        nameOf: (code) => {
          const group = texts[code] ?? null
          return { group, label: tagName(group ?? "") ?? null }
        }
      }
    }
  }
}
