import type { Part } from "../../metrics/Metric.ts"
import { accessPaths } from "./accessPaths.ts"
import { aggregate, group, type GroupKey } from "./aggregate.ts"
import { cell, predicate } from "./measure.ts"
import { lines, literal, type Params, person, type StatementShape } from "./Statement.ts"
import { byPerson, byTag } from "./unnest.ts"

const byKey = (key: GroupKey | undefined, shape: StatementShape, params: Params): string => {
  const { count, read, sum } = aggregate(shape, params)
  const { before, nobodys, owned, shared } = accessPaths(shape, params, read)
  const paths = [owned, ...shared, ...nobodys]
  const counted = paths.map((path) => count(path, ...(key === undefined ? [] : [key])))
  const areDistinct = paths.length === 1 && owned.each === undefined
  return lines(before, sum(counted, key === undefined ? [] : [group], areDistinct))
}

export const partOf = (parts: ReadonlyArray<Part>, params: Params): string => {
  const cases = parts.map(({ key, where }) =>
    where === undefined ? "" : `  WHEN ${predicate(where, params)} THEN ${literal(key)}`
  )
  return lines("CASE", ...cases, "END")
}

const onlyPerson: GroupKey = { name: "id", expression: person, isConstant: true }

export const compileRowByRow = (shape: StatementShape, params: Params): string => {
  const { groupBy } = shape
  switch (groupBy._tag) {
    case "Nothing":
      return byKey(undefined, shape, params)
    case "Dimension": {
      const { dimension } = groupBy
      if (dimension._tag === "Person" && shape.people !== "one") return byPerson(shape, params)
      if (dimension._tag === "Person") return byKey(onlyPerson, shape, params)
      if (dimension.kind === "uuids") return byTag(dimension, shape, params)
      return byKey({ name: "id", expression: cell(dimension) }, shape, params)
    }
    case "Parts":
      return byKey({ name: "id", expression: partOf(groupBy.parts, params) }, shape, params)
  }
}
