import { tags as tagsTable } from "../metrics/crm.ts"
import { makeClassCache } from "./classes.ts"
import { type Dictionary, makeDictionary, makeLabels } from "./Dictionary.ts"
import { type AppendRow, type JoinDefinition, joinedProjections, makeJoins, tablesSizedBy } from "./joined/joins.ts"
import type { SharedThreads } from "./joined/SharedThreads.ts"
import type { Row } from "./joined/sourceRows.ts"
import { type Levels, makeLevels } from "./Levels.ts"
import { makePace } from "./pace.ts"
import { type Projection, projections } from "./projection.ts"
import type { Classified } from "./Reading.ts"
import { type Alike, makeCodes, makeRows, type Rows } from "./Rows.ts"
import { type TrackTerms, trackTerms } from "./Tracks.ts"

export interface Stored extends Classified {
  readonly levels: Levels
  readonly unsorted: ReadonlyArray<Rows>
  /** All counts share this memory, because a count never pauses. */
  readonly scratch: Int32Array
}

export interface ColumnStore {
  readonly people: Dictionary
  tagLabel(id: string): string | undefined
  stored(table: string): Stored | undefined
  readonly sharedThreads: SharedThreads
  /** `size` includes deleted rows until merging removes them. */
  readonly size: number
  /** The joins whose rows are all in the column store. A join ends when a key has too many rows. */
  readonly completeJoins: ReadonlyArray<JoinDefinition>
  /** The weight is 1 for an insert and -1 for a delete. */
  append(table: string, weight: number, image: ReadonlyArray<unknown>): void
  /** Makes room for this many rows of the table, and of joined rows. */
  reserve(table: string, size: number): void
  appendAlike(table: string, rows: Alike): void
  /** Replaces the joined rows of a key. `former` are the rows that were joined last, and `present` those to join now. */
  join(definition: JoinDefinition, key: string, former: ReadonlyArray<Row>, present: ReadonlyArray<Row>): void
  sort(): Generator<void, void>
  /** Returns true if the next call has nothing to do, unless rows are appended before it. */
  sortSome(): boolean
}

export interface Terms {
  readonly tracks: TrackTerms
  readonly mergedShare: number
  readonly unsorted: number
  /** A step takes about 0.1 ms. It is counted in copied entries. */
  readonly step: number
  readonly stepsPerCall: number
  readonly stepsPerEntry: number
}

export const usualTerms: Terms = {
  tracks: trackTerms,
  mergedShare: 1 / 16,
  unsorted: 256,
  step: 2 ** 16,
  stepsPerCall: 4,
  stepsPerEntry: 1 / 16
}

interface Table extends Stored {
  append(weight: number, image: ReadonlyArray<unknown>): void
  appendAlike(rows: Alike): void
  reserve(size: number): void
  sort(): Generator<void, void>
  sortSome(): boolean
}

const makeTable = (projection: Projection, people: Dictionary, terms: Terms, scratch: Int32Array): Table => {
  const codes = makeCodes(projection, people)
  const isDue = makePace(terms.step)
  const levels = makeLevels({ projection, codes, tracks: terms.tracks, mergedShare: terms.mergedShare, isDue })
  let latest = makeRows(projection, codes)
  let unsorted: ReadonlyArray<Rows> = [latest]
  let sorting: Generator<void, void> | undefined
  let steps = 0

  const begin = () => {
    const rows = latest
    latest = makeRows(projection, codes)
    unsorted = [rows, latest]
    sorting = levels.add(rows, () => unsorted = [latest])
  }

  const hasWork = (unsortedAllowed: number) => sorting !== undefined || latest.size > unsortedAllowed

  const next = () => {
    if (sorting === undefined) begin()
    if (sorting?.next().done === true) sorting = undefined
  }

  function* sort(): Generator<void, void> {
    while (hasWork(0)) {
      next()
      yield
    }
  }

  const sortSome = () => {
    steps += terms.stepsPerCall
    while (hasWork(terms.unsorted)) {
      if (steps < 1) return false
      next()
      steps -= 1
    }
    steps = 0
    return true
  }

  return {
    codes,
    levels,
    get unsorted() {
      return unsorted
    },
    scratch,
    classesOf: makeClassCache(codes.kinds),
    append: (weight, image) => {
      const { entries } = latest
      latest.append(weight, image)
      steps += (latest.entries - entries) * terms.stepsPerEntry
    },
    appendAlike: (rows) => latest.appendAlike(rows),
    reserve: (size) => latest.reserve(size),
    sort,
    sortSome
  }
}

const sizeOf = ({ codes: { kinds, tagLists, tags, viewers }, levels, unsorted }: Stored) =>
  unsorted.reduce((sum, { entries }) => sum + entries, levels.size) +
  kinds.cost + viewers.cost + tagLists.cost + tags.size

export const makeColumnStore = (terms = usualTerms): ColumnStore => {
  const people = makeDictionary()
  const tags = makeLabels()
  const scratch = new Int32Array(2048)
  const tables = new Map(
    [...projections.values(), ...joinedProjections].map((projection) =>
      [projection.population.table, makeTable(projection, people, terms, scratch)] as const
    )
  )
  const appendRow: AppendRow = (table, weight, image) => tables.get(table)?.append(weight, image)
  const { joins, sharedThreads } = makeJoins(people, appendRow, (table) => tables.delete(table))

  /** Undefined after a change of rows. Replicas are asked for their size much more often than they change. */
  let size: number | undefined

  const append: AppendRow = (table, weight, image) => {
    size = undefined
    if (table === tagsTable.name) {
      const [id, name] = image.map(String)
      if (id !== undefined && name !== undefined) tags.append(weight, id, name)
      return
    }
    appendRow(table, weight, image)
  }

  function* sort() {
    for (const table of tables.values()) {
      for (const _ of table.sort()) {
        size = undefined
        yield
      }
    }
  }

  return {
    people,
    tagLabel: tags.labelOf,
    stored: (table) => tables.get(table),
    sharedThreads,
    get size() {
      return size ??= [...tables.values()].reduce((sum, table) => sum + sizeOf(table), sharedThreads.size + people.size)
    },
    get completeJoins() {
      return [...joins.keys()]
    },
    append,
    reserve: (table, size) => {
      for (const name of [table, ...tablesSizedBy(table)]) tables.get(name)?.reserve(size)
    },
    appendAlike: (table, rows) => {
      size = undefined
      tables.get(table)?.appendAlike(rows)
    },
    join: (definition, key, former, present) => {
      size = undefined
      joins.get(definition)?.(key, former, present)
    },
    sort,
    sortSome: () => {
      size = undefined
      let isSorted = true
      for (const table of tables.values()) isSorted = table.sortSome() && isSorted
      return isSorted
    }
  }
}
