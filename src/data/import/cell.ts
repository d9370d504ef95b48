import { Result } from "effect"
import { parseDate, parseInstant } from "../../domain/Calendar.ts"
import { isUuid } from "../../domain/Ids.ts"
import type { Kind } from "../../metrics/Table.ts"

export type Cell = string | number | bigint | ReadonlyArray<string> | null

type Parsed<A extends Cell = Cell> = Result.Result<A, string>

const uuid = (text: string): Parsed<string> =>
  isUuid(text) ? Result.succeed(text.toLowerCase()) : Result.fail("is not a uuid")

const postgresTime = /^(\d{4}-\d{2}-\d{2}) ([\d:.]+)(Z|[+-]\d{2}(?::\d{2})?)$/

/** PostgreSQL writes a time such as `2024-07-03 02:21:00+00`. */
export const asIso = (text: string): string => {
  const [, day, time, zone = ""] = postgresTime.exec(text) ?? []
  return day === undefined ? text : `${day}T${time}${zone.length === 3 ? `${zone}:00` : zone}`
}

/** A date stays a text until the time zone of its organization is known. */
const instant = (text: string): Parsed => {
  const at = parseInstant(asIso(text)) ?? (parseDate(text) === undefined ? undefined : text)
  return at === undefined
    ? Result.fail("is not a time such as 2024-02-29T10:00:00Z or a date such as 2024-02-29")
    : Result.succeed(at)
}

const integer = (text: string): Parsed => {
  const value = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  return Math.abs(value) < 2_147_483_648 ? Result.succeed(value) : Result.fail("is not a whole number")
}

const decimal = (whole: number, fraction: number, what: string) => (text: string): Parsed => {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  const [, sign, before = "", after = ""] = match ?? []
  if (match === null || before.length > whole || after.length > fraction) {
    return Result.fail(`is not ${what} with at most ${whole} digits before and ${fraction} after the point`)
  }
  return Result.succeed(BigInt(`${sign}${before}${after.padEnd(fraction, "0")}`))
}

const inBraces = /^\{(.*)\}$/s
const entry = /"((?:[^"\\]|\\.)*)"|([^,"{}]+)/gs

/** A list is written `a|b`, or as PostgreSQL writes it, such as `{a,"b c"}`. */
export const entriesOf = (text: string): ReadonlyArray<string> => {
  const inner = inBraces.exec(text)?.[1]
  if (inner === undefined) return text.split("|")
  return [...inner.matchAll(entry)].map(([, quoted, plain = ""]) =>
    quoted?.replaceAll(/\\(.)/gs, "$1") ?? (plain === "NULL" ? "" : plain)
  )
}

const several = (one: (text: string) => Parsed<string>) => (text: string): Parsed => {
  const values = entriesOf(text)
  if (values.includes("")) return Result.fail("has an empty entry")
  return Result.all(values.map(one))
}

const parsers: { readonly [K in Kind]: (text: string) => Parsed } = {
  text: Result.succeed,
  uuid,
  instant,
  integer,
  money: decimal(14, 2, "an amount"),
  percent: decimal(5, 4, "a percentage"),
  texts: several(Result.succeed),
  uuids: several(uuid)
}

export const parse = (kind: Kind, text: string): Parsed => parsers[kind](text)
