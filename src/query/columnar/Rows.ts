import { Predicate } from "effect"
import type { Field, SeenBy } from "../../metrics/Table.ts"
import { type Dictionary, makeDictionary } from "./Dictionary.ts"
import { growingCodes, growingNumbers } from "./growing.ts"
import { type Kinds, makeKinds } from "./Kinds.ts"
import { type Lists, makeIndex, makeLists } from "./Lists.ts"
import type { Projection, Quantity } from "./projection.ts"

export interface Codes {
  readonly kinds: Kinds
  readonly people: Dictionary
  /** A list contains the owner (or 0) first, and then the assignees. */
  readonly viewers: Lists
  ownedBy(person: number): Int32Array
  readonly tags: Dictionary
  readonly tagLists: Lists
}

export const makeCodes = ({ fields, population }: Projection, people: Dictionary): Codes => {
  const byOwner = makeIndex()
  return {
    kinds: makeKinds(fields, population.seenBy.owner),
    people,
    viewers: makeLists(([owner = 0], list) => byOwner.add(owner, list)),
    ownedBy: byOwner.of,
    tags: makeDictionary(),
    tagLists: makeLists()
  }
}

export interface Columns {
  readonly kinds: Int32Array
  readonly viewers: Int32Array
  readonly tagLists: Int32Array
  /** Numbers are milliseconds, cents, or whole numbers. A missing time is NaN, a missing amount 0. */
  numbers(quantity: Quantity): Float64Array
}

export interface Rows extends Columns {
  readonly size: number
  /** A row of one viewer has one entry. A shared row has one for each viewer, and one among all shared rows. */
  readonly entries: number
  readonly weights: Int32Array
  totalOf(quantity: Quantity): number
  append(weight: number, image: Image): void
  appendAlike(rows: Alike): void
  /** Makes room for this many rows. */
  reserve(size: number): void
}

/** Inserted rows that differ only in their numbers. */
export interface Alike {
  readonly size: number
  /** Has a number in each field in which the rows have numbers. */
  readonly image: Image
  readonly numberAt: NumberAt
}

type Image = ReadonlyArray<unknown>

const textsIn = (values: ReadonlyArray<unknown>): ReadonlyArray<string> => values.filter(Predicate.isString)

const inOrder = (codes: ReadonlySet<number>) => codes.size < 2 ? [...codes] : [...codes].sort((a, b) => a - b)

/** `entries` is the number of entries of each row with these viewers. */
interface Seen {
  readonly owner: unknown
  readonly assigned: unknown
  readonly list: number
  readonly entries: number
}

const seenIn = ({ assignees, owner }: SeenBy, fields: ReadonlyArray<Field>, { people, viewers }: Codes) => {
  const ownerAt = fields.indexOf(owner)
  const assigneesAt = assignees === undefined ? -1 : fields.indexOf(assignees)
  const viewersOf = (owner: unknown, assigned: unknown): ReadonlyArray<number> => {
    const ownerCode = Predicate.isString(owner) ? people.codeOf(owner) : 0
    if (!Array.isArray(assigned) || assigned.length === 0) return [ownerCode]
    const others = new Set(textsIn(assigned).map(people.codeOf))
    others.delete(ownerCode)
    return [ownerCode, ...inOrder(others)]
  }
  const seenBy = (owner: unknown, assigned: unknown): Seen => {
    const list = viewersOf(owner, assigned)
    const count = list[0] === 0 ? list.length - 1 : list.length
    if (count === 0) return { owner, assigned, list: 0, entries: 0 }
    return { owner, assigned, list: viewers.codeOf(list), entries: count === 1 ? 1 : count + 1 }
  }
  /** Joined rows of one key have the same viewers. */
  let last = seenBy(undefined, undefined)
  return (image: Image): Seen => {
    const [owner, assigned] = [image[ownerAt], image[assigneesAt]]
    if (owner !== last.owner || assigned !== last.assigned) last = seenBy(owner, assigned)
    return last
  }
}

/** NaN if the row has no number in this field. */
type NumberAt = (field: number, row: number) => number

const readerOf = (quantity: Quantity, fields: ReadonlyArray<Field>) => {
  if (quantity._tag === "Elapsed") {
    const [start, end] = [fields.indexOf(quantity.start), fields.indexOf(quantity.end)]
    return (numberAt: NumberAt, row: number) => {
      const elapsed = numberAt(end, row) - numberAt(start, row)
      return elapsed > 0 ? elapsed : 0
    }
  }
  const index = fields.indexOf(quantity)
  const missing = quantity.kind === "instant" ? Number.NaN : 0
  return (numberAt: NumberAt, row: number) => {
    const number = numberAt(index, row)
    return Number.isNaN(number) ? missing : number
  }
}

const numberIn = (image: Image): NumberAt => (field) => {
  const value = image[field]
  return typeof value === "number" ? value : Number.NaN
}

export const noNumbers = new Float64Array(0)

const quantitiesOf = ({ orders }: Projection): ReadonlyArray<Quantity> => [...new Set([...orders.values()].flat())]

export const makeRows = (projection: Projection, codes: Codes): Rows => {
  const { fields, population: { seenBy } } = projection
  let entries = 0
  const [kinds, viewers, tagLists, weights] = [growingCodes(), growingCodes(), growingCodes(), growingCodes()]
  const all = quantitiesOf(projection).map((quantity) => ({
    quantity,
    numbers: growingNumbers(),
    read: readerOf(quantity, fields),
    total: 0
  }))
  const columns = new Map(all.map((column) => [column.quantity, column]))
  const seenOf = seenIn(seenBy, fields, codes)
  const tagsAt = fields.findIndex(({ kind }) => kind === "uuids")

  const tagsOf = (value: unknown) => {
    if (!Array.isArray(value) || value.length === 0) return 0
    return codes.tagLists.codeOf(inOrder(new Set(textsIn(value).map(codes.tags.codeOf))))
  }

  const appendAll = (weight: number, { image, numberAt, size }: Alike) => {
    const seen = seenOf(image)
    if (seen.entries === 0) return
    kinds.fill(codes.kinds.codeOf(image), size)
    viewers.fill(seen.list, size)
    tagLists.fill(tagsOf(image[tagsAt]), size)
    weights.fill(weight, size)
    for (const column of all) {
      for (let row = 0; row < size; row++) {
        const number = column.read(numberAt, row)
        column.numbers.push(number)
        column.total += Math.abs(number)
      }
    }
    entries += size * seen.entries
  }

  return {
    get entries() {
      return entries
    },
    get size() {
      return weights.size
    },
    get kinds() {
      return kinds.values
    },
    get viewers() {
      return viewers.values
    },
    get tagLists() {
      return tagLists.values
    },
    get weights() {
      return weights.values
    },
    numbers: (quantity) => columns.get(quantity)?.numbers.values ?? noNumbers,
    totalOf: (quantity) => columns.get(quantity)?.total ?? 0,
    append: (weight, image) => appendAll(weight, { size: 1, image, numberAt: numberIn(image) }),
    appendAlike: (rows) => appendAll(1, rows),
    reserve: (size) => {
      for (const codes of [kinds, viewers, tagLists, weights]) codes.reserve(size)
      for (const { numbers } of all) numbers.reserve(size)
    }
  }
}
