import type { Predicate } from "../../metrics/Measure.ts"
import type { Field } from "../../metrics/Table.ts"
import { literal, type Places } from "./Statement.ts"

/** Every statement counts its rows under this alias. */
export const cell = (field: Field): string => `r.${field.column}`

export const predicate = (of: Predicate, places: Places): string => {
  switch (of._tag) {
    case "IsAnyOf": {
      const [only, ...others] = of.values
      return only !== undefined && others.length === 0
        ? `${cell(of.field)} = ${literal(only)}`
        : `${cell(of.field)} IN (${of.values.map(literal).join(", ")})`
    }
    case "Missing":
      return `${cell(of.field)} IS NULL`
    case "Past":
      return `${cell(of.field)} < ${places.instant(({ asOf }) => asOf)}`
    case "Not":
      return of.of._tag === "Missing"
        ? `${cell(of.of.field)} IS NOT NULL`
        : `(${predicate(of.of, places)}) IS NOT TRUE`
    case "All":
      return of.of.map((part) => predicate(part, places)).join(" AND ")
  }
}
