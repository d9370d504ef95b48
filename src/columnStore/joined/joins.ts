import type { Dictionary } from "../Dictionary.ts"
import { imageFields, type Projection } from "../projection.ts"
import type { KeyPage } from "./Archive.ts"
import { commissionsJoin } from "./commissions.ts"
import { type AppendRow, type JoinDefinition, type JoinedRow, makeJoin } from "./Join.ts"
import { makeSharedThreads } from "./SharedThreads.ts"
import { staysJoin } from "./stays.ts"
import { threadsJoin } from "./threads.ts"

export const definitions: ReadonlyArray<JoinDefinition> = [staysJoin, commissionsJoin, threadsJoin]

export const joinedProjections: ReadonlyArray<Projection> = definitions.flatMap(({ projections }) => projections)

/** Returns the tables with about as many rows as this table. */
export const tablesSizedBy = (table: string): ReadonlyArray<string> =>
  definitions.flatMap(({ projections: [first], sizedBy }) =>
    first !== undefined && sizedBy?.table === table ? [first.population.table] : []
  )

export const makeJoins = (people: Dictionary, append: AppendRow) => {
  const sharedThreads = makeSharedThreads(people)
  const appendJoined = (row: JoinedRow, weight: number) => {
    if ("table" in row) append(row.table, weight, row.image)
    else sharedThreads.append(weight, row)
  }
  const joins = definitions.map((definition) => ({
    definition,
    join: makeJoin(definition, (table) => imageFields.get(table) ?? [], appendJoined),
    tables: definition.projections.map(({ population }) => population.table)
  }))
  const appendSource: AppendRow = (table, weight, image) => {
    for (const { join } of joins) join.append(table, weight, image)
  }
  function* settle(): Generator<void, void> {
    for (const { join } of joins) if (!join.isSettled()) yield* join.settle()
  }
  return {
    sharedThreads,
    size: () => joins.reduce((sum, { join }) => sum + join.size, sharedThreads.size),
    unsettled: () => joins.reduce((sum, { join }) => sum + join.unsettled, 0),
    append: appendSource,
    load: (definition: JoinDefinition, page: KeyPage) =>
      joins.find((each) => each.definition === definition)?.join.load(page),
    settle,
    isComplete: (table: string) => joins.every(({ join, tables }) => join.isComplete || !tables.includes(table))
  }
}
