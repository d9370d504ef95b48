import type { Predicate } from "../../metrics/Measure.ts"
import { pastBefore, type Plan } from "../Plan.ts"
import { cell, type Row } from "./cell.ts"

export const holds = (of: Predicate, row: Row, plan: Plan): boolean => {
  switch (of._tag) {
    case "IsAnyOf": {
      const value = cell(row, of.field)
      return value !== null && of.values.includes(value)
    }
    case "Missing":
      return cell(row, of.field) === null
    case "Past": {
      const at = cell(row, of.field)
      return at !== null && at < pastBefore(plan)
    }
    case "Not":
      return !holds(of.of, row, plan)
    case "All":
      return of.of.every((part) => holds(part, row, plan))
  }
}
