import { numberFormat, roundedQuotient } from "../../presentation/numberFormat.ts"
import type { MetricRecord, RecordsResponse } from "../api/wire.ts"
import { locale, localization, t } from "../shell/messages.ts"

export interface Totalled extends RecordsResponse {
  readonly total: number
  readonly sums: NonNullable<RecordsResponse["sums"]>
}

export const hasTotals = (response: RecordsResponse): response is Totalled =>
  response.total !== null && response.sums !== null

export const whole = (count: number): string => new Intl.NumberFormat(locale()).format(count)

export const isCount = ({ meta: { unit }, sums: { d, n }, total }: Totalled): boolean =>
  unit === "count" && d === null && n === String(total)

export const countName = (count: number, type: MetricRecord["type"] | undefined): string => {
  const names = {
    lead: t.countLead,
    deal: t.countDeal,
    task: t.countTask,
    call: t.countCall,
    email: t.countEmail,
    spell: t.countSpell,
    share: t.countShare,
    record: t.countRecord
  }
  return names[type ?? "record"]({ count })
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

export const numberName = (response: Totalled): string =>
  numberFormat(response.meta, localization()).full(numberOf(response))

export const shareName = ({ meta: { unit }, sums: { d, n } }: Totalled): string | undefined =>
  unit === "percent" && d !== null ? t.shareOf({ part: whole(Number(n)), whole: whole(Number(d)) }) : undefined
