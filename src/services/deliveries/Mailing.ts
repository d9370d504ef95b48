import { Context, Effect, Layer } from "effect"
import { rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { createTransport } from "nodemailer"
import { Config } from "../../Config.ts"
import { mailAddress } from "../../settingForms.ts"
import { throttledWarning } from "../../telemetry/throttledWarning.ts"
import { writableFolder } from "../database/embedded/writableFolder.ts"
import type { Channel, Letter, Sent } from "./Channel.ts"
import { mailSettings, type SmtpServer } from "./mailSettings.ts"

/** Each time is for one step, or for a pause of the server. */
const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 5_000, socketTimeout: 20_000 }

/**
 * For the whole exchange of a mail, because a server that sends a byte now and then never pauses for long. The lease of the
 * delivery is renewed meanwhile. At 35 kB/s, ten megabytes take this time.
 */
const mostMillis = 300_000

interface Failed {
  readonly code?: unknown
  readonly command?: unknown
  readonly responseCode?: unknown
}

const failedWith = (error: unknown): Failed => typeof error === "object" && error !== null ? error : {}

/** The server refuses the sign-in or the sender, so it refuses the mails to all recipients. */
const isSetting = ({ code, command, responseCode }: Failed): boolean =>
  ["EAUTH", "ENOAUTH", "EREQUIRETLS", "ECONFIG"].includes(String(code)) ||
  (command === "MAIL FROM" && Number(responseCode) >= 500)

const connecting = new Set(["CONN", "EHLO", "HELO", "STARTTLS"])

/** Without an answer, only the bytes that were read tell whether the server may have the mail. */
const outcomeOf = (failed: Failed, wasRead: boolean): Sent => {
  const { command, responseCode } = failed
  if (typeof responseCode !== "number") return wasRead ? "unknown" : "later"
  const isFinal = responseCode >= 500 && !isSetting(failed) && !connecting.has(String(command))
  return isFinal ? "refused" : "later"
}

// A pool would send a mail again after a lost connection, but its bytes can be read only once.
export const transportTo = (server: SmtpServer) =>
  createTransport({ ...server, ...limits, disableFileAccess: true, disableUrlAccess: true })

const sendTo = (server: SmtpServer, from: string, deadline: () => AbortSignal) => {
  const transport = transportTo(server)
  const logFailure = throttledWarning("a mail was not accepted, and will be sent again")
  const logSetting = throttledWarning("the mail server refuses this service: check SMTP_URL and MAIL_FROM")

  return Effect.fnUntraced(function*({ bytes, hand, to }: Letter) {
    const context = yield* Effect.context<never>()
    const state = { isHanded: true, wasRead: false }
    // nodemailer reads the stream when the server has accepted the connection and the login.
    const raw = Readable.from(
      (async function*() {
        state.isHanded = await Effect.runPromiseWith(context)(hand)
        if (!state.isHanded) throw new Error("another process has this delivery")
        yield Buffer.from(bytes)
        state.wasRead = true
      })(),
      { objectMode: false, highWaterMark: 1 }
    )
    const failed = yield* Effect.promise(() =>
      transport.sendMail({ envelope: { from, to: [to] }, raw, signal: deadline() }).then(() => undefined, failedWith)
    )
    if (!state.isHanded) return "not_handed"
    if (failed === undefined) return "sent"
    const outcome = outcomeOf(failed, state.wasRead)
    const log = isSetting(failed) ? logSetting : logFailure
    if (outcome !== "refused") yield* log({ code: failed.code, command: failed.command, status: failed.responseCode })
    return outcome
  })
}

/** A second copy replaces the first. */
const writeTo = (dataFolder: string) => {
  const folder = join(dataFolder, "outbox")
  const logWritten = throttledWarning("mails are written to a folder, because SMTP_URL is not set")
  const logFailure = throttledWarning("mails can be neither sent nor written to a folder: set SMTP_URL")
  return Effect.fnUntraced(function*({ bytes, hand, id }: Letter) {
    const failed = yield* Effect.match(writableFolder(folder), {
      onFailure: ({ reason }) => reason,
      onSuccess: () => undefined
    })
    if (failed !== undefined) {
      yield* logFailure({ reason: failed })
      return "later"
    }
    if (!(yield* hand)) return "not_handed"
    const file = join(folder, `${id}.eml`)
    yield* Effect.promise(() => writeFile(`${file}.new`, bytes).then(() => rename(`${file}.new`, file)))
    yield* logWritten({ file })
    return "sent"
  })
}

interface MailChannel extends Channel {
  readonly from: { readonly name: string; readonly address: string }
  readonly base: string
}

export class Mailing extends Context.Service<Mailing, MailChannel>()("crm-reports/services/deliveries/Mailing") {
  /** The signal of `deadline` ends the exchange of a mail. */
  static readonly layerOver = (deadline: () => AbortSignal) =>
    Layer.effect(
      Mailing,
      Effect.gen(function*() {
        const { base, from, server } = yield* mailSettings
        const sendLetter = server === undefined
          ? writeTo(yield* Config.dataFolder)
          : sendTo(server, from.address, deadline)
        /** A text with a line break could name a second recipient. */
        const send = (letter: Letter): Effect.Effect<Sent> =>
          mailAddress.test(letter.to) ? sendLetter(letter) : Effect.succeed("refused")
        return { send, from, base }
      })
    )

  static readonly layer = Mailing.layerOver(() => AbortSignal.timeout(mostMillis))
}
