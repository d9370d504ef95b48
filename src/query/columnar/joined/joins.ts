import { imageFields, type Projection } from "../projection.ts"
import { type AppendRow, type JoinDefinition, makeJoin } from "./Join.ts"
import { staysJoin } from "./stays.ts"

const definitions: ReadonlyArray<JoinDefinition> = [staysJoin]

export const joinedProjections: ReadonlyArray<Projection> = definitions.flatMap(({ projections }) => projections)

/** `append` receives the joined rows. */
export const makeJoins = (append: AppendRow) => {
  const joins = definitions.map((definition) => ({
    join: makeJoin(definition, (table) => imageFields.get(table) ?? [], append),
    tables: definition.projections.map(({ population }) => population.table)
  }))
  const appendSource: AppendRow = (table, weight, image) => {
    for (const { join } of joins) join.append(table, weight, image)
  }
  function* settle(): Generator<void, void> {
    for (const { join } of joins) yield* join.settle()
  }
  return {
    /** The number of rows that the joins keep. */
    size: () => joins.reduce((sum, { join }) => sum + join.size, 0),
    append: appendSource,
    settle,
    isComplete: (table: string) => joins.every(({ join, tables }) => join.isComplete || !tables.includes(table))
  }
}
