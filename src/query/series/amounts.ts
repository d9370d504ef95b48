import type { Metric } from "../../metrics/Metric.ts"
import type { Amounts } from "../AggregateRow.ts"
import { isMean } from "./values.ts"

export const decimalText = (value: bigint, decimals: number): string => {
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, "0")
  const sign = value < 0n ? "-" : ""
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

export const amountUnit = ({ unit }: Metric): "count" | "money" | "seconds" => {
  switch (unit) {
    case "count":
    case "percent":
      return "count"
    case "money":
      return "money"
    case "days":
    case "minutes":
    case "seconds":
      return "seconds"
  }
}

const decimalsOf = (metric: Metric): number => {
  switch (amountUnit(metric)) {
    case "count":
      return 0
    case "money":
      return 2
    case "seconds":
      return metric.measure._tag === "Elapsed" || metric.measure._tag === "Handwritten" ? 3 : 0
  }
}

export const amountText = (metric: Metric, { denominator, numerator }: Amounts) => ({
  n: decimalText(numerator, decimalsOf(metric)),
  d: isMean(metric) ? String(denominator) : null
})
