import type { Count, Measure, Predicate } from "../../metrics/Measure.ts"
import { type Amounts, noAmounts } from "../AggregateRow.ts"
import { divide } from "../definitions.ts"
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

export const measure = (of: Measure, row: Row, plan: Plan): Amounts => {
  const counts = ({ where }: Count) => where === undefined || holds(where, row, plan) ? 1n : 0n
  switch (of._tag) {
    case "Count":
      return { numerator: counts(of), denominator: 0n }
    case "Sum":
    case "Average": {
      const amount = cell<"money" | "integer">(row, of.field)
      if (amount === null || (of.where !== undefined && !holds(of.where, row, plan))) return noAmounts
      return { numerator: BigInt(amount), denominator: of._tag === "Average" ? 1n : 0n }
    }
    case "Elapsed": {
      const start = cell(row, of.start)
      const end = cell(row, of.end)
      if (start === null || end === null || (of.where !== undefined && !holds(of.where, row, plan))) return noAmounts
      return { numerator: BigInt(Math.max(0, end - start)), denominator: 1n }
    }
    case "Weighted": {
      const [amount, weight] = [cell(row, of.field), plan.weights?.get(cell(row, of.by) ?? "")]
      if (amount === null || weight === undefined) return noAmounts
      return { numerator: divide(amount * BigInt(weight), 10_000n), denominator: 0n }
    }
    case "Ratio":
      return { numerator: counts(of.part), denominator: counts(of.whole) }
    case "Handwritten":
      throw new Error("A handwritten metric has its own evaluation.")
  }
}
