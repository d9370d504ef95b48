import { Result } from "effect"
import { Temporal } from "temporal-polyfill"
import { type BoundedCache, boundedCache } from "../../../domain/boundedCache.ts"
import { type Instant, isoInstant, parseDate, parseInstant, startOfDay } from "../../../domain/Calendar.ts"
import { asIso } from "../cell.ts"

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

const tokens: { readonly [token: string]: string } = {
  YYYY: String.raw`(?<year>\d{4})`,
  MMM: String.raw`(?<name>[A-Za-z]{3})[a-z]*\.?`,
  MM: String.raw`(?<month>\d{2})`,
  M: String.raw`(?<month>\d{1,2})`,
  DD: String.raw`(?<day>\d{2})`,
  D: String.raw`(?<day>\d{1,2})`,
  HH: String.raw`(?<hour>\d{2})`,
  H: String.raw`(?<hour>\d{1,2})`,
  hh: String.raw`(?<hour>\d{2})`,
  h: String.raw`(?<hour>\d{1,2})`,
  mm: String.raw`(?<minute>\d{2})`,
  ss: String.raw`(?<second>\d{2})`,
  SSS: String.raw`(?<millis>\d{3})`,
  A: String.raw`(?<half>[AaPp])\.?[Mm]\.?`
}

const token = /YYYY|MMM|MM|M|DD|D|HH|H|hh|h|mm|ss|SSS|A|[^A-Za-z]|[A-Za-z]/g

const patternOf = (format: string): RegExp =>
  new RegExp(
    `^${
      (format.match(token) ?? []).map((part) => tokens[part] ?? part.replace(/[^A-Za-z0-9 ]/, String.raw`\$&`)).join("")
    }$`
  )

const millisAMinute = 60_000
const quarter = 15 * millisAMinute
const offsets = boundedCache<string, BoundedCache<number, number>>(5)

/** Within a quarter of an hour of a wall clock, the offset of a zone does not change. */
const offsetOf = (zone: string, wall: number): number => {
  const known = offsets.get(zone) ?? offsets.set(zone, boundedCache(50_000))
  const start = Math.floor(wall / quarter) * quarter
  const cached = known.get(start)
  if (cached !== undefined) return cached
  const local = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO("UTC").toPlainDateTime()
  return known.set(start, start - local.toZonedDateTime(zone).epochMilliseconds)
}

const two = (part: string | undefined) => (part ?? "00").padStart(2, "0")

const hourOf = (hour: string | undefined, half: string | undefined): string => {
  if (half === undefined) return two(hour)
  return two(String(Number(hour) % 12 + (half.toLowerCase() === "p" ? 12 : 0)))
}

const wallOf = (
  { day, half, hour, millis, minute, month, name, second, year }: { readonly [part: string]: string }
) => {
  const written = name === undefined ? two(month) : two(String(months.indexOf(name.toLowerCase()) + 1))
  const date = `${year}-${written}-${two(day)}`
  if (hour === undefined) return { date, time: undefined }
  return { date, time: `${date}T${hourOf(hour, half)}:${two(minute)}:${two(second)}.${millis ?? "000"}Z` }
}

/** The instant of a time that was read. A day begins at its start in the zone of the organization. */
export const instantOf = (text: string, zone: string): Instant => {
  const day = parseDate(text)
  return day === undefined ? Date.parse(text) : startOfDay(zone, day)
}

interface TimeForms {
  readonly formats: ReadonlyArray<string>
  readonly zone: string
}

/** A time without a zone is a time of `zone`. A day without a time stays a day. */
export const timeReader = ({ formats, zone }: TimeForms) => {
  const patterns = formats.map((format) => patternOf(format))
  const found = (text: string) => {
    for (const pattern of patterns) {
      const groups = pattern.exec(text)?.groups
      if (groups !== undefined) return wallOf(groups)
    }
    const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?$/.exec(text) ?? []
    if (day === undefined) return undefined
    return { date: day, time: time === undefined ? undefined : `${day}T${time}Z` }
  }
  const wrong = Result.fail("is not a time that the mapping reads: add its format to `times` in `read`")
  return (text: string, isDay: boolean): Result.Result<string, string> => {
    const exact = isDay ? undefined : parseInstant(asIso(text))
    if (exact !== undefined) return Result.succeed(isoInstant(exact))
    const wall = found(text) ??
      (isDay && parseInstant(asIso(text)) !== undefined ? { date: text.slice(0, 10) } : undefined)
    if (wall === undefined || parseDate(wall.date) === undefined) return wrong
    if (isDay || !("time" in wall) || wall.time === undefined) return Result.succeed(wall.date)
    const instant = parseInstant(wall.time)
    return instant === undefined ? wrong : Result.succeed(isoInstant(instant - offsetOf(zone, instant)))
  }
}
