import type { Part } from "../../metrics/Metric.ts"
import { byHand } from "../handwritten.ts"
import type { Plan } from "../Plan.ts"
import { counting, type Key, noGroup, summed } from "./counted.ts"
import { cell, predicate } from "./predicate.ts"
import { slicesOf } from "./slices.ts"
import { byPerson, byTag } from "./spread.ts"
import type { Places, Statement } from "./Statement.ts"
import { lines, literal, makePlaces, person } from "./Statement.ts"

/** Every slice is counted by itself; the few lines of all of them are added up. */
const byKey = (key: Key, plan: Plan, places: Places): string => {
  const { count, read } = counting(plan, places)
  const { before, slices } = slicesOf(plan, read)
  return lines(before, summed(slices.map((slice) => count(slice, key))))
}

const partOf = (parts: ReadonlyArray<Part>, plan: Plan, places: Places): string => {
  const cases = parts.map(({ key, where }) =>
    where === undefined ? "" : `  WHEN ${predicate(where, plan, places)} THEN ${literal(key)}`
  )
  return lines("CASE", ...cases, "END")
}

const onlyPerson: Key = { name: "id", of: person, isConstant: true }

const textOf = (plan: Plan, places: Places): string => {
  const { split } = plan
  switch (split._tag) {
    case "Whole":
      return byKey(noGroup, plan, places)
    case "By": {
      const { dimension } = split
      if (dimension._tag === "Person" && plan.scope.people.length > 1) return byPerson(plan, places)
      if (dimension._tag === "Person") return byKey(onlyPerson, plan, places)
      if (dimension.kind === "uuids") return byTag(dimension, plan, places)
      return byKey({ name: "id", of: cell(dimension) }, plan, places)
    }
    case "Parts":
      return byKey({ name: "id", of: partOf(split.parts, plan, places) }, plan, places)
  }
}

/** A plan as one SQL statement that answers with tallies. */
export const compile = (plan: Plan): Statement => byHand(plan.id)?.compile(plan) ?? compileVocabulary(plan)

const compileVocabulary = (plan: Plan): Statement => {
  const places = makePlaces(plan.scope)
  const text = textOf(plan, places)
  return { text, params: places.params }
}
