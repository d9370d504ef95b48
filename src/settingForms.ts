import { Config as Env, Duration, Option, Result, Schema } from "effect"

const decodeDuration = Schema.decodeUnknownOption(Schema.DurationFromString)

export const wholeNumber = (name: string, minimum: number, maximum: number) => {
  // A blank text is 0 as a number.
  const isMeant = (text: string) =>
    text.trim() !== "" && Number.isInteger(Number(text)) && Number(text) >= minimum && Number(text) <= maximum
  const hint = `Expected a whole number from ${minimum} to ${maximum}`
  const Text = Schema.String.check(Schema.makeFilter((text) => isMeant(text) || hint))
  return Env.schema(Text.pipe(Schema.decodeTo(Schema.FiniteFromString)), name)
}

const units = [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000], ["second", 1_000], ["milli", 1]] as const

/** A duration as a setting is written, such as `30 seconds`. */
export const durationText = (duration: Duration.Duration): string => {
  const millis = Math.round(Duration.toMillis(duration))
  const [unit, size] = units.find(([, size]) => millis >= size && millis % size === 0) ?? ["milli", 1]
  const count = millis / size
  return `${count} ${unit}${count === 1 ? "" : "s"}`
}

/** Node's timers overflow after 24 days. */
const longest = Duration.days(1)

export const duration = (name: string, minimum: Duration.Duration) => {
  const isMeant = (text: string) => {
    const given = Option.getOrUndefined(decodeDuration(text))
    return given !== undefined && Duration.between(given, { minimum, maximum: longest })
  }
  const hint = `Expected a duration from ${durationText(minimum)} to ${durationText(longest)}, such as \`30 seconds\``
  const Text = Schema.String.check(Schema.makeFilter((text) => isMeant(text) || hint))
  return Env.schema(Text.pipe(Schema.decodeTo(Schema.DurationFromString)), name)
}

/** A secret may be in the wrong variable, and messages go to the log. */
const quoted = (text: string): string =>
  /^[a-z]+_(?:live|test)_|-----BEGIN|:\/\/.*@/.test(text) ? "the value" : JSON.stringify(text)

const originFault = (text: string): string | undefined => {
  const url = URL.parse(text)
  if (url === null || !url.protocol.startsWith("http")) {
    return `${quoted(text)} is not an origin such as https://app.example: list every origin, separated by commas`
  }
  if (url.origin === text) return undefined
  return `${quoted(text)} is not an origin as browsers send it: write ${url.origin}`
}

export const Origin = Schema.String.check(Schema.makeFilter(originFault))

/** Another spelling of the same address would differ from `iss`, and every token would be refused. */
export const Address = Schema.String.check(
  Schema.makeFilter((text: string) => {
    const url = URL.parse(text)
    if (url === null || !url.protocol.startsWith("http")) {
      return `${quoted(text)} is not an address such as https://clerk.example.com: write it with https://`
    }
    const meant = `${url.origin}${url.pathname}`.replace(/\/+$/, "")
    return meant === text || `${quoted(text)} is not an address as Clerk writes it: write ${meant}`
  })
)

/** An app that is no web page has a scheme of its own, such as chrome-extension://id. */
const isOtherOrigin = (text: string) => /^(?!https?:)[a-z][a-z0-9+.-]*:\/\/[^\s/?#]+$/.test(text)

export const Party = Schema.String.check(
  Schema.makeFilter((text: string) => isOtherOrigin(text) ? undefined : originFault(text))
)

const filled = (template: string, text: string) => URL.parse(template.replaceAll(/\{(type|id)\}/g, text))

export const RecordUrl = Schema.String.check(
  Schema.makeFilter((text: string) => {
    const [one, other] = [filled(text, "a"), filled(text, "b")]
    const isAddress = one?.protocol === "https:" && one.origin === other?.origin &&
      text.includes("{type}") && text.includes("{id}")
    return isAddress || `${quoted(text)} is not a template such as https://crm.example/{type}/{id}`
  })
)

export const httpUrl = (name: string, example: string) =>
  Env.schema(
    Schema.String.check(
      Schema.makeFilter((text: string) =>
        URL.parse(text)?.protocol.startsWith("http") === true ||
        `${quoted(text)} is not an address such as ${example}`
      )
    ),
    name
  )

export const isPercentEncoded = (part: string) => Result.isSuccess(Result.try(() => decodeURIComponent(part)))

const isRedisUrl = ({ hostname, password, pathname, protocol, username }: URL) =>
  ["redis:", "rediss:"].includes(protocol) && hostname !== "" && /^\/?\d*$/.test(pathname) &&
  [username, password].every(isPercentEncoded)

export const RedisUrl = Schema.String.check(
  Schema.makeFilter((text: string) => {
    const url = URL.parse(text)
    return (url !== null && isRedisUrl(url)) || "Expected an address such as redis://user:password@host:6379"
  })
)

export const PublicUrl = Schema.String.check(
  Schema.makeFilter((text: string) => {
    const url = URL.parse(text)
    const isAddress = url?.protocol.startsWith("http") === true &&
      `${url.origin}${url.pathname}`.replace(/\/+$/, "") === text
    return isAddress || `${quoted(text)} is not an address such as https://reports.example.com, without a / at its end`
  })
)

const isSmtpUrl = ({ hash, hostname, password, pathname, protocol, search, username }: URL) =>
  ["smtp:", "smtps:"].includes(protocol) && hostname !== "" && `${pathname}${search}${hash}`.length <= 1 &&
  [username, password].every(isPercentEncoded)

export const SmtpUrl = Schema.String.check(
  Schema.makeFilter((text: string) => {
    const url = URL.parse(text)
    return (url !== null && isSmtpUrl(url)) || "Expected an address such as smtps://user:password@host:465"
  })
)

/** Other characters could begin a second address or header. */
export const mailAddress = /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}@[^\s@<>()[\]\\,;:"\p{C}]{1,250}$/u

/** Returns the name and the address of a text such as `Reports <reports@example.com>`. */
export const mailboxOf = (text: string): { readonly name: string; readonly address: string } => {
  const [, name = "", address = ""] = /^(.*)<([^<>]*)>$/s.exec(text) ?? [text, "", text]
  return { name: name.trim(), address: address.trim() }
}

export const Mailbox = Schema.String.check(
  Schema.makeFilter((text: string) => {
    const { address, name } = mailboxOf(text)
    return (mailAddress.test(address) && !/["<>\p{C}]/u.test(name)) ||
      `${quoted(text)} is not a sender such as reports@example.com, or Reports <reports@example.com>`
  })
)

/** The value 0 turns the limit off. */
export const rateLimit = (name: string, byDefault: number) =>
  wholeNumber(name, 0, 1_000_000).pipe(Env.withDefault(byDefault))

export const ServerUrl = Schema.String.check(
  Schema.makeFilter((text: string) =>
    /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? "") ||
    "an address is not of the form postgres://user:password@host:port/database"
  )
)

export const exporter = (name: string) => Env.Literals(["otlp", "none"], name).pipe(Env.withDefault("otlp"))
