import { Config as Env, Effect, Option, Redacted } from "effect"
import { Config, Misconfigured } from "../../Config.ts"
import { mailboxOf } from "../../settingForms.ts"

const environment = Env.all({
  url: Config.smtpUrl,
  from: Config.mailFrom,
  publicUrl: Config.publicUrl,
  port: Config.port,
  mode: Config.mode,
  isLoopbackAllowed: Config.webhookLoopback
})

/** `server` is undefined if mails are written to files. */
interface MailSettings {
  readonly server: SmtpServer | undefined
  readonly from: { readonly name: string; readonly address: string }
  /** Begins the links in mails. */
  readonly base: string
}

export interface SmtpServer {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly requireTLS: boolean
  readonly auth?: { readonly user: string; readonly pass: string }
}

const submissionPort = 587
const tlsPort = 465

/** On the port for submissions, a connection that stays without TLS is refused. */
const serverAt = (url: Redacted.Redacted): SmtpServer => {
  const { hostname, password, port: given, protocol, username } = new URL(Redacted.value(url))
  const secure = protocol === "smtps:"
  const port = given === "" ? secure ? tlsPort : submissionPort : Number(given)
  return {
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port,
    secure,
    requireTLS: !secure && port === submissionPort,
    ...(username !== "" && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } })
  }
}

const missing = (name: string, what: string) => `${name} is missing: SMTP_URL needs ${what}`

export const mailSettings = Effect.gen(function*() {
  const { from, isLoopbackAllowed, mode, port, publicUrl, url } = yield* environment
  const problems = [
    ...(Option.isSome(url) && Option.isNone(from) ? [missing("MAIL_FROM", "the sender of the mails")] : []),
    ...(Option.isSome(url) && Option.isNone(publicUrl)
      ? [missing("PUBLIC_URL", "the address of this service, for the links in mails")]
      : []),
    ...(isLoopbackAllowed && mode === "production" ? ["WEBHOOK_LOOPBACK is not for production: remove it"] : [])
  ]
  if (problems.length > 0) return yield* new Misconfigured({ problems })
  const settings: MailSettings = {
    server: Option.getOrUndefined(Option.map(url, serverAt)),
    from: mailboxOf(Option.getOrElse(from, () => "CRM Reports <reports@crm-reports.invalid>")),
    base: Option.getOrElse(publicUrl, () => `http://127.0.0.1:${port}`)
  }
  return settings
})
