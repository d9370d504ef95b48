import type { Field } from "../metrics/Table.ts"
import { type Level, mergedLevels } from "./mergedOrders.ts"
import type { OrderTerms } from "./Order.ts"
import { orderOfRows } from "./orderOfRows.ts"
import type { Pace } from "./pace.ts"
import type { Projection } from "./projection.ts"
import type { Codes, Rows } from "./Rows.ts"
import type { TrackTerms } from "./Tracks.ts"

interface LevelTerms {
  readonly projection: Projection
  readonly codes: Codes
  readonly tracks: TrackTerms
  /** A level is merged into the level before it if it is larger than this share of that level. */
  readonly mergedShare: number
  readonly isDue: Pace
}

type At = Field<"instant"> | undefined

/** Older levels come first and are larger. */
export interface Levels {
  at(time: At): ReadonlyArray<Level>
  readonly size: number
  /** Calls `added` as soon as the levels contain all rows, and then merges levels. */
  add(rows: Rows, added: () => void): Generator<void, void>
}

const rowsByWeight = ({ size, weights }: Rows) => {
  const [inserted, deleted] = [new Int32Array(size), new Int32Array(size)]
  let inserts = 0
  for (let row = 0; row < size; row++) {
    if (weights[row] === 1) inserted[inserts++] = row
    else deleted[row - inserts] = row
  }
  return { inserted: inserted.subarray(0, inserts), deleted: deleted.subarray(0, size - inserts) }
}

const sizeOf = ({ deleted, inserted }: Level) => inserted.size + deleted.size

const sizeOfAll = (levels: ReadonlyArray<Level>) => levels.reduce((sum, level) => sum + sizeOf(level), 0)

export const makeLevels = ({ codes, isDue, mergedShare, projection, tracks }: LevelTerms): Levels => {
  const levels = new Map<At, ReadonlyArray<Level>>()
  const levelsAt = (at: At) => levels.get(at) ?? []
  const all = [...projection.orders].map(([at, quantities]): OrderTerms => ({
    at,
    quantities,
    trackTerms: tracks,
    isDue
  }))
  const people = () => codes.people.texts.length

  function* levelOf(rows: Rows, terms: OrderTerms): Generator<void, Level> {
    const { deleted, inserted } = rowsByWeight(rows)
    return {
      inserted: yield* orderOfRows(rows, inserted, codes.viewers, people(), terms),
      deleted: yield* orderOfRows(rows, deleted, codes.viewers, people(), terms)
    }
  }

  function* merge(terms: OrderTerms): Generator<void, void> {
    const [older, newer] = levelsAt(terms.at).slice(-2)
    if (older === undefined || newer === undefined || sizeOf(newer) <= sizeOf(older) * mergedShare) return
    const merged = yield* mergedLevels(older, newer, people(), terms)
    levels.set(terms.at, [...levelsAt(terms.at).slice(0, -2), merged])
    yield* merge(terms)
  }

  function* add(rows: Rows, added: () => void): Generator<void, void> {
    const found: Array<readonly [At, Level]> = []
    for (const terms of all) found.push([terms.at, yield* levelOf(rows, terms)])
    for (const [at, level] of found) if (sizeOf(level) > 0) levels.set(at, [...levelsAt(at), level])
    added()
    for (const terms of all) yield* merge(terms)
  }

  return {
    at: levelsAt,
    get size() {
      return Math.max(0, ...[...levels.values()].map(sizeOfAll))
    },
    add
  }
}
