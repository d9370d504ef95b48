import { Predicate } from "effect"
import { none } from "../domain/reservedKeys.ts"
import type { Field, SeenBy } from "../metrics/Table.ts"
import { type Dictionary, type Lists, makeDictionary, makeIndex, makeLists } from "./Dictionary.ts"
import { growingCodes, makeNumberColumn, type NumbersOf } from "./growing.ts"
import { type Kinds, makeKinds } from "./Kinds.ts"
import type { Projection, Quantity } from "./projection.ts"

export interface Codes {
  readonly kinds: Kinds
  readonly people: Dictionary
  /** A list contains the owner (or 0) first, and then the assignees. Rows without viewers have the viewer `~none`. */
  readonly viewers: Lists
  ownedBy(person: number): Int32Array
  readonly tags: Dictionary
  readonly tagLists: Lists
  /** The place of the first viewer of each list of viewers. `of` are the viewers in scope whose places these are. */
  readonly scratch: { firsts: Int32Array; of: unknown }
}

export const makeCodes = ({ fields, population }: Projection, people: Dictionary): Codes => {
  const byOwner = makeIndex()
  return {
    kinds: makeKinds(fields, population.seenBy.owner),
    people,
    viewers: makeLists(([owner = 0], list) => byOwner.add(owner, list)),
    ownedBy: byOwner.of,
    tags: makeDictionary(),
    tagLists: makeLists(),
    scratch: { firsts: new Int32Array(0), of: undefined }
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
  /** A row of one viewer or without viewers has one entry. A shared row has one for each viewer, and one among all shared rows. */
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
  readonly numbersOf: NumbersOf
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
    if (count === 0) return { owner, assigned, list: viewers.codeOf([people.codeOf(none)]), entries: 1 }
    return { owner, assigned, list: viewers.codeOf(list), entries: count === 1 ? 1 : count + 1 }
  }
  /** Joined rows of one key have the same viewers. */
  let last: Seen | undefined
  return (image: Image): Seen => {
    const [owner, assigned] = [image[ownerAt], image[assigneesAt]]
    if (last === undefined || owner !== last.owner || assigned !== last.assigned) last = seenBy(owner, assigned)
    return last
  }
}

export const noNumbers = new Float64Array(0)

const quantitiesOf = ({ orders }: Projection): ReadonlyArray<Quantity> => [...new Set([...orders.values()].flat())]

export const makeRows = (projection: Projection, codes: Codes): Rows => {
  const { fields, population: { seenBy } } = projection
  let entries = 0
  const [kinds, viewers, tagLists, weights] = [growingCodes(), growingCodes(), growingCodes(), growingCodes()]
  const columns = new Map(
    quantitiesOf(projection).map((quantity) => [quantity, makeNumberColumn(quantity, fields)] as const)
  )
  const all = [...columns.values()]
  const seenOf = seenIn(seenBy, fields, codes)
  const tagsAt = fields.findIndex(({ kind }) => kind === "uuids")

  const tagsOf = (value: unknown) => {
    if (!Array.isArray(value) || value.length === 0) return 0
    return codes.tagLists.codeOf(inOrder(new Set(textsIn(value).map(codes.tags.codeOf))))
  }

  const appendCodes = (weight: number, image: Image, size: number) => {
    const seen = seenOf(image)
    kinds.fill(codes.kinds.codeOf(image), size)
    viewers.fill(seen.list, size)
    tagLists.fill(tagsOf(image[tagsAt]), size)
    weights.fill(weight, size)
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
    numbers: (quantity) => columns.get(quantity)?.values ?? noNumbers,
    totalOf: (quantity) => columns.get(quantity)?.total ?? 0,
    append: (weight, image) => {
      appendCodes(weight, image, 1)
      for (const column of all) column.append(image)
    },
    appendAlike: ({ image, numbersOf, size }) => {
      appendCodes(1, image, size)
      for (const column of all) column.appendAlike(size, numbersOf)
    },
    reserve: (size) => {
      for (const codes of [kinds, viewers, tagLists, weights]) codes.reserve(size)
      for (const column of all) column.reserve(size)
    }
  }
}
