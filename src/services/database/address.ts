import { Redacted, Result } from "effect"
import { isPercentEncoded } from "../../settingForms.ts"

export interface Address {
  /** `shown` omits the user and the password. */
  readonly shown: string
  readonly urls: readonly [Redacted.Redacted, ...ReadonlyArray<Redacted.Redacted>]
  /** If `mustWrite` is true, the service does not use hosts that refuse writes, such as standbys. */
  readonly mustWrite: boolean
}

const isUsable = ({ password, protocol, username }: URL) =>
  ["postgres:", "postgresql:"].includes(protocol) && username !== "" && [username, password].every(isPercentEncoded)

/** `URL` cannot parse several hosts, so this pattern separates them from the rest. */
const form = /^([^:/?#]+:\/\/(?:[^/?#]*@)?)([^/?#@]*)([^]*)$/

const parsedOf = (url: Redacted.Redacted): ReadonlyArray<URL> => {
  const [, start = "", hosts = "", rest = ""] = form.exec(Redacted.value(url)) ?? []
  const names = hosts.split(",")
  const parsed = names.flatMap((name) => URL.parse(start + name + rest) ?? [])
  const isComplete = parsed.length === names.length && (names.length === 1 || !names.includes(""))
  return isComplete && parsed.every(isUsable) ? parsed : []
}

/** The failure text continues a sentence that begins with the name of the environment variable. */
export const addressOf = (url: Redacted.Redacted): Result.Result<Address, string> => {
  const [first, ...others] = parsedOf(url)
  if (first === undefined) {
    return Result.fail(
      "is not of the form postgres://user:password@host:port/database, " +
        "where a password with @, #, / or % is percent-encoded, such as %40 for @"
    )
  }
  if (first.searchParams.has("ssl")) {
    return Result.fail("has the parameter ssl, which has no effect: write sslmode=require for TLS")
  }
  const wanted = first.searchParams.get("target_session_attrs") ?? (others.length > 0 ? "read-write" : "any")
  if (!["any", "read-write", "primary"].includes(wanted)) {
    return Result.fail("may have target_session_attrs=read-write, primary or any, because the service writes")
  }
  if (others.length > 0 && ["prefer", "allow"].includes(first.searchParams.get("sslmode") ?? "")) {
    return Result.fail("has several hosts, and so sslmode may be disable, require or verify-full")
  }
  return Result.succeed({
    shown: `${[first, ...others].map(({ host }) => host || "localhost").join(",")}${first.pathname}`,
    urls: others.length === 0 ? [url] : [Redacted.make(first.href), ...others.map(({ href }) => Redacted.make(href))],
    mustWrite: wanted !== "any"
  })
}

export const shownOf = (url: Redacted.Redacted): string =>
  Result.match(addressOf(url), { onFailure: () => "", onSuccess: ({ shown }) => shown })
