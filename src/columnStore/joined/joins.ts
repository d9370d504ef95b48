import type { Dictionary } from "../Dictionary.ts"
import type { Projection } from "../projection.ts"
import { commissionsJoin } from "./commissions.ts"
import { leadDealsJoin } from "./leadDeals.ts"
import { makeSharedThreads, type Thread } from "./SharedThreads.ts"
import { type Row, rowsOfSource, type SourceRows } from "./sourceRows.ts"
import type { Source } from "./sources.ts"
import { staysJoin } from "./stays.ts"
import { threadsJoin } from "./threads.ts"

/** The rows of all sources that have this key. */
export interface Group {
  readonly key: string
  of(source: Source): SourceRows
}

export type JoinedRow = { readonly table: string; readonly image: ReadonlyArray<unknown> } | Thread

export interface JoinDefinition {
  readonly sources: ReadonlyArray<Source>
  readonly projections: ReadonlyArray<Projection>
  /** The first projection has about as many rows as this source. */
  readonly sizedBy?: Source
  readonly rowsOf: (group: Group) => ReadonlyArray<JoinedRow>
}

/** Appends the difference between the joined rows of the former and of the present rows of a key. */
type Join = (key: string, former: ReadonlyArray<Row>, present: ReadonlyArray<Row>) => void

/** If a key had more rows of one table, joining them after a change would block the process for over 10 ms. */
export const maxRowsOfKey = 4_096

export type AppendRow = (table: string, weight: number, image: ReadonlyArray<unknown>) => void

const makeJoin = (
  { rowsOf, sources }: JoinDefinition,
  appendJoined: (row: JoinedRow, weight: number) => void,
  giveUp: () => void
): Join => {
  const ofSource = new Map(sources.map((source, index) => [source, rowsOfSource(source, index)]))

  const joined = (key: string, rows: ReadonlyArray<Row>) =>
    rowsOf({
      key,
      of: (source) => {
        const found = ofSource.get(source)
        if (found === undefined) throw new Error(`${source.table} is not a source of this join.`)
        return found(rows)
      }
    })

  const isTooLong = (rows: ReadonlyArray<Row>) =>
    rows.length > maxRowsOfKey && [...ofSource.values()].some((of) => of(rows).rows.length > maxRowsOfKey)

  const appendAll = (rows: ReadonlyArray<JoinedRow>, weight: number) => {
    for (const row of rows) appendJoined(row, weight)
  }

  return (key, former, present) => {
    if (isTooLong(present)) return giveUp()
    const latter = joined(key, present)
    if (former.length === 0) return appendAll(latter, 1)
    const left = Map.groupBy(joined(key, former), (row) => JSON.stringify(row))
    const added = latter.filter((row) => left.get(JSON.stringify(row))?.pop() === undefined)
    for (const rows of left.values()) appendAll(rows, -1)
    appendAll(added, 1)
  }
}

export const definitions: ReadonlyArray<JoinDefinition> = [staysJoin, commissionsJoin, threadsJoin, leadDealsJoin]

export const joinedProjections: ReadonlyArray<Projection> = definitions.flatMap(({ projections }) => projections)

/** Returns the tables with about as many rows as this table. */
export const tablesSizedBy = (table: string): ReadonlyArray<string> =>
  definitions.flatMap(({ projections: [first], sizedBy }) =>
    first !== undefined && sizedBy?.table === table ? [first.population.table] : []
  )

/** A join ends when a key has too many rows. Joined rows are missing then, so `drop` gets the tables of the join. */
export const makeJoins = (people: Dictionary, append: AppendRow, drop: (table: string) => void) => {
  const sharedThreads = makeSharedThreads(people)
  const appendJoined = (row: JoinedRow, weight: number) => {
    if ("table" in row) append(row.table, weight, row.image)
    else sharedThreads.append(weight, row)
  }
  const joins = new Map<JoinDefinition, Join>()
  for (const definition of definitions) {
    const giveUp = () => {
      joins.delete(definition)
      for (const { population } of definition.projections) drop(population.table)
      if (definition === threadsJoin) sharedThreads.clear()
    }
    joins.set(definition, makeJoin(definition, appendJoined, giveUp))
  }
  return { sharedThreads, joins }
}
