/** The order of the parts of a date such as `03/07/2024` follows from a part that is greater than 12. */
const numeric = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:,? (\d{1,2}):(\d{2})(:\d{2})?( ?[AaPp]\.?[Mm]\.?)?)?$/

const iso = /^\d{4}-\d{2}-\d{2}([T ]|$)/

interface Parts {
  readonly text: string
  readonly first: number
  readonly second: number
  readonly sign: string
  readonly clock: string
}

const clockOf = (text: string, hour = "", seconds = "", half = "") => {
  if (hour === "") return ""
  const comma = text.includes(",") ? "," : ""
  const blank = half.startsWith(" ") ? " A" : half === "" ? "" : "A"
  return `${comma} ${half === "" ? "H" : "h"}:mm${seconds === "" ? "" : ":ss"}${blank}`
}

const partsOf = (text: string): ReadonlyArray<Parts> => {
  const [all, first, sign = "", second, , hour, , seconds, half] = numeric.exec(text) ?? []
  if (all === undefined) return []
  return [{ text, first: Number(first), second: Number(second), sign, clock: clockOf(text, hour, seconds, half) }]
}

/** If no date tells whether the day or the month stands first, a point or a 24-hour clock means the day. */
export const formatsOf = (columns: ReadonlyArray<ReadonlyArray<string>>) => {
  const found = columns.filter((values) =>
    values.length > 0 && values.every((text) => numeric.test(text) || iso.test(text))
  )
  const parts = found.flat().flatMap(partsOf)
  const isDayFirst = parts.some(({ first }) => first > 12)
  const isMonthFirst = parts.some(({ second }) => second > 12)
  const isAmbiguous = parts.some(({ sign }) => sign !== ".") && isDayFirst === isMonthFirst
  const order = isMonthFirst && !isDayFirst
    ? (sign: string) => `M${sign}D${sign}YYYY`
    : (sign: string) => `D${sign}M${sign}YYYY`
  const formats = [...new Set(parts.map(({ clock, sign }) => `${order(sign)}${clock}`))]
  return { formats, isAmbiguous: parts.length > 0 && isAmbiguous }
}
