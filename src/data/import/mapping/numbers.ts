import { Result } from "effect"

type Decimal = "." | ","

export interface Number {
  /** With a point, and at most the digits that were asked for. */
  readonly text: string
  readonly isRounded: boolean
}

const codes = Intl.supportedValuesOf("currency").join("|")

const signs = String.raw`(?:US|U|CA|AU|NZ|HK|MX|NT|RD|USD|[ACRS])?\p{Sc}S?`
const words = String.raw`(?:kr|Fr|Rs|Rp|Bs)\.?|zł|Kč|Ft|lei|RM|R|S/\.?|TL|euros?`
/** A currency or a percent sign. Other letters may be a factor, as in `50K`. */
const unit = `(?:%|${signs}|${codes}|${words})`
const before = new RegExp(`^(-?)${unit}(-?)(?=\\d)`, "iu")
const after = new RegExp(String.raw`(?<=\d)${unit}$`, "iu")

/** Blanks and apostrophes between digits, and a currency before or after, have no meaning. */
const bare = (text: string): string =>
  text.replaceAll(/[\s\u00a0\u202f'’]/g, "").replaceAll("\u2212", "-").replace(/^\+/, "").replace(before, "$1$2")
    .replace(after, "")

const shapes: { readonly [decimal in Decimal]: RegExp } = {
  ".": /^(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/,
  ",": /^(-?)(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d+))?$/
}

/** More digits than `digits` are rounded, half away from zero. */
export const numberReader = (decimal: Decimal) => (text: string, digits: number): Result.Result<Number, string> => {
  const [all, sign = "", whole = "", fraction = ""] = shapes[decimal].exec(bare(text)) ?? []
  if (all === undefined) {
    return Result.fail(
      `is not a number with the decimal sign ${
        JSON.stringify(decimal)
      }, which \`decimal\` in \`read\` of the mapping ` +
        "sets. Beside the digits, only a sign before them, a currency, and % are read"
    )
  }
  const kept = BigInt(whole.replaceAll(/[.,]/g, "") + fraction.slice(0, digits).padEnd(digits, "0"))
  const isRounded = /[1-9]/.test(fraction.slice(digits))
  const units = String(kept + (Number(fraction[digits] ?? "0") >= 5 ? 1n : 0n)).padStart(digits + 1, "0")
  const written = digits === 0 ? units : `${units.slice(0, -digits)}.${units.slice(-digits)}`
  return Result.succeed({ text: `${sign}${written}`, isRounded })
}

const clock = /^(\d+):([0-5]\d)(?::([0-5]\d))?$/

export type Unit = "s" | "ms" | "min" | "HH:mm"

const factors = { s: 1, ms: 0.001, min: 60 } as const

/** A length such as `1:05:00` is read in every unit. */
export const secondsOf = (text: string, unit: Unit): Result.Result<string, string> => {
  const [, hours, minutes, seconds = "0"] = clock.exec(text) ?? []
  if (hours !== undefined) return Result.succeed(String(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)))
  if (unit === "HH:mm" || !/^\d+(\.\d+)?$/.test(text)) return Result.fail("is not a length of time")
  return Result.succeed(String(Math.round(Number(text) * factors[unit])))
}
