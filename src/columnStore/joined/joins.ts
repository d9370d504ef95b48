import type { Dictionary } from "../Dictionary.ts"
import type { Projection } from "../projection.ts"
import { commissionsJoin } from "./commissions.ts"
import { type AppendRow, type JoinDefinition, type JoinedRow, makeJoin } from "./Join.ts"
import { leadDealsJoin } from "./leadDeals.ts"
import { makeSharedThreads } from "./SharedThreads.ts"
import type { Row } from "./sourceRows.ts"
import { staysJoin } from "./stays.ts"
import { threadsJoin } from "./threads.ts"

export const definitions: ReadonlyArray<JoinDefinition> = [staysJoin, commissionsJoin, threadsJoin, leadDealsJoin]

export const joinedProjections: ReadonlyArray<Projection> = definitions.flatMap(({ projections }) => projections)

/** Returns the tables with about as many rows as this table. */
export const tablesSizedBy = (table: string): ReadonlyArray<string> =>
  definitions.flatMap(({ projections: [first], sizedBy }) =>
    first !== undefined && sizedBy?.table === table ? [first.population.table] : []
  )

const isOf = ({ projections }: JoinDefinition, table: string) =>
  projections.some(({ population }) => population.table === table)

export const makeJoins = (people: Dictionary, append: AppendRow) => {
  const sharedThreads = makeSharedThreads(people)
  const appendJoined = (row: JoinedRow, weight: number) => {
    if ("table" in row) append(row.table, weight, row.image)
    else sharedThreads.append(weight, row)
  }
  const joins = new Map(definitions.map((definition) => [definition, makeJoin(definition, appendJoined)]))
  return {
    sharedThreads,
    join: (definition: JoinDefinition, key: string, former: ReadonlyArray<Row>, present: ReadonlyArray<Row>) =>
      joins.get(definition)?.join(key, former, present),
    complete: () => definitions.filter((definition) => joins.get(definition)?.isComplete),
    isComplete: (table: string) =>
      definitions.every((definition) => joins.get(definition)?.isComplete || !isOf(definition, table))
  }
}
