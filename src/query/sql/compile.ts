import { memoize } from "effect/Function"
import { type BoundedCache, boundedCache } from "../../domain/boundedCache.ts"
import type { Metric, Part } from "../../metrics/Metric.ts"
import { byHand } from "../handwritten/handwritten.ts"
import type { Plan } from "../Plan.ts"
import { slicesOf } from "./accessPaths.ts"
import { counting, group, type Key } from "./aggregate.ts"
import { cell, predicate } from "./predicate.ts"
import { lines, literal, makePlaces, person, type Places, type Statement, type Template } from "./Statement.ts"
import { type Form, formOf, keyOf } from "./StatementShape.ts"
import { byPerson, byTag } from "./unnest.ts"

/** Every slice is counted by itself; the few lines of all of them are added up. */
const byKey = (key: Key | undefined, form: Form, places: Places): string => {
  const { count, read, summed } = counting(form, places)
  const { before, own, shared } = slicesOf(form, read)
  const counted = [own, ...shared].map((slice) => count(slice, ...(key === undefined ? [] : [key])))
  const differ = shared.length === 0 && own.each === undefined
  return lines(before, summed(counted, key === undefined ? [] : [group], differ))
}

const partOf = (parts: ReadonlyArray<Part>, places: Places): string => {
  const cases = parts.map(({ key, where }) =>
    where === undefined ? "" : `  WHEN ${predicate(where, places)} THEN ${literal(key)}`
  )
  return lines("CASE", ...cases, "END")
}

const onlyPerson: Key = { name: "id", of: person, isConstant: true }

const textOf = (form: Form, places: Places): string => {
  const { split } = form
  switch (split._tag) {
    case "Whole":
      return byKey(undefined, form, places)
    case "By": {
      const { dimension } = split
      if (dimension._tag === "Person" && form.people !== "one") return byPerson(form, places)
      if (dimension._tag === "Person") return byKey(onlyPerson, form, places)
      if (dimension.kind === "uuids") return byTag(dimension, form, places)
      return byKey({ name: "id", of: cell(dimension) }, form, places)
    }
    case "Parts":
      return byKey({ name: "id", of: partOf(split.parts, places) }, form, places)
  }
}

const templateOf = (form: Form): Template => {
  const places = makePlaces()
  const text = byHand(form.id)?.compile(form, places) ?? textOf(form, places)
  return { text, params: places.params }
}

/** More than anybody's dashboards ask of a metric. */
const mostForms = 200

const templatesOf = memoize<Metric, BoundedCache<string, Template>>(() => boundedCache(mostForms))

/** A plan as one SQL statement that answers with tallies. Its text is put together once a form. */
export const compile = (plan: Plan): Statement => {
  const form = formOf(plan)
  const templates = templatesOf(plan.metric)
  const key = keyOf(form)
  const { params, text } = templates.get(key) ?? templates.keep(key, templateOf(form))
  return { text, params: params.map((of) => of(plan)) }
}
