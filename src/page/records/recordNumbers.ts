import { numberFormat, roundedQuotient } from "../../presentation/numberFormat.ts"
import type { MetricRecord, RecordsResponse } from "../api/wire.ts"

export interface Totalled extends RecordsResponse {
  readonly total: number
  readonly sums: NonNullable<RecordsResponse["sums"]>
}

export const hasTotals = (response: RecordsResponse): response is Totalled =>
  response.total !== null && response.sums !== null

const nouns: Readonly<Record<MetricRecord["type"], readonly [one: string, many: string]>> = {
  lead: ["lead", "leads"],
  deal: ["deal", "deals"],
  task: ["task", "tasks"],
  call: ["call", "calls"],
  email: ["email", "emails"],
  spell: ["stay in a status", "stays in a status"],
  share: ["share", "shares"]
}

const whole = new Intl.NumberFormat("en")

export const isCount = ({ meta: { unit }, sums: { d, n }, total }: Totalled): boolean =>
  unit === "count" && d === null && n === String(total)

export const countName = (count: number, type: MetricRecord["type"] | undefined): string => {
  const [one, many] = type === undefined ? ["record", "records"] : nouns[type]
  return `${whole.format(count)} ${count === 1 ? one : many}`
}

const secondsIn = { count: 1, money: 1, percent: 1, days: 86_400, minutes: 60, seconds: 1 } as const

const numberOf = ({ amountUnit, meta: { unit }, sums: { d, n } }: Totalled): number | null => {
  const divisor = d === null ? 1 : Number(d)
  const times = unit === "percent" ? 100 : 1
  const per = amountUnit === "seconds" ? secondsIn[unit] : 1
  // Sums have at most three decimals, so thousandths are whole numbers.
  const thousandths = Math.round(Number(n) * 1_000)
  return divisor === 0 ? null : roundedQuotient(thousandths * times, 1_000 * divisor * per, unit)
}

export const numberName = (response: Totalled): string => numberFormat(response.meta).full(numberOf(response))

export const shareName = ({ meta: { unit }, sums: { d, n } }: Totalled): string | undefined =>
  unit === "percent" && d !== null ? `${whole.format(Number(n))} of ${whole.format(Number(d))}` : undefined
