import { Context, DateTime, Effect, Exit, Layer } from "effect"
import { createHmac } from "node:crypto"
import { lookup as lookUp } from "node:dns"
import * as http from "node:http"
import * as https from "node:https"
import type { LookupFunction } from "node:net"
import { Config } from "../../Config.ts"
import { throttledWarning } from "../../telemetry/throttledWarning.ts"
import type { Channel, Letter, Sent } from "./Channel.ts"
import { faultOfUrl, isLoopback, isPublic } from "./postUrl.ts"

/** How names are looked up, and which servers are reached by https. */
export interface Network {
  readonly lookUp: typeof lookUpAll
  readonly isPublic: (address: string) => boolean
  /** The certificates of servers are signed by this one. Undefined: by those of Node. */
  readonly ca?: string
  /** For the whole exchange. It is shorter than the lease of a delivery. */
  readonly millis: number
}

type Addresses = ReadonlyArray<{ readonly address: string; readonly family: number }>

const lookUpAll = (name: string, done: (error: Error | null, addresses: Addresses) => void) =>
  lookUp(name, { all: true, verbatim: true }, done)

const internet: Network = { lookUp: lookUpAll, isPublic, millis: 15_000 }

const mostBytesRead = 65_536

class AddressRefused extends Error {}

/** The addresses that are checked are those that are connected to. One that is not allowed refuses the whole name. */
const checkedLookup = ({ lookUp }: Network, isAllowed: Network["isPublic"]): LookupFunction => (name, { all }, done) =>
  lookUp(name, (error, addresses) => {
    const [first] = addresses
    if (error !== null) return done(error, [])
    if (first === undefined || !addresses.every(({ address }) => isAllowed(address))) {
      return done(new AddressRefused(), [])
    }
    return all === true ? done(null, [...addresses]) : done(null, first.address, first.family)
  })

/** The signature of Standard Webhooks. */
const signed = ({ bytes, id, secret }: Letter, seconds: number) => {
  if (secret === undefined) return {}
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64")
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.`).update(bytes).digest("base64")
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": `v1,${signature}` }
}

interface Exchange {
  isRefused: boolean
  isHanded: boolean | undefined
  status: number | undefined
}

/** A redirect is refused, because it could lead to another address. */
const outcomeOf = ({ isHanded, isRefused, status }: Readonly<Exchange>): Sent => {
  if (isRefused) return "refused"
  if (isHanded !== true) return isHanded === false ? "not_handed" : "later"
  if (status === undefined) return "unknown"
  if (status >= 200 && status < 300) return "sent"
  return status >= 500 || [408, 425, 429].includes(status) ? "later" : "refused"
}

const exchange = (network: Network, url: URL, { bytes, hand }: Letter, headers: Readonly<Record<string, string>>) =>
  Effect.flatMap(Effect.context<never>(), (context) =>
    Effect.callback<Exchange>((resume) => {
      const isTls = url.protocol === "https:"
      const state: Exchange = { isRefused: false, isHanded: undefined, status: undefined }
      const request = (isTls ? https : http).request(url, {
        method: "POST",
        agent: false,
        lookup: checkedLookup(network, isTls ? network.isPublic : isLoopback),
        headers: {
          ...headers,
          "content-type": "application/json",
          "content-length": bytes.length,
          "user-agent": "crm-reports"
        },
        ...(network.ca !== undefined && { ca: network.ca })
      })
      const timer = setTimeout(() => request.destroy(), network.millis)
      const begin = async () => {
        const handed = await Effect.runPromiseExitWith(context)(hand)
        if (Exit.isFailure(handed)) resume(Effect.failCause(handed.cause))
        else state.isHanded = handed.value
        if (state.isHanded) request.end(bytes)
        else request.destroy()
      }
      request.once("socket", (socket) => socket.once(isTls ? "secureConnect" : "connect", () => void begin()))
      request.once("response", (response) => {
        let read = 0
        state.status = response.statusCode
        response.on("error", () => {})
        response.on("data", (chunk: Buffer) => {
          read += chunk.length
          if (read > mostBytesRead) request.destroy()
        })
      })
      request.once("error", (error) => {
        state.isRefused = error instanceof AddressRefused
      })
      request.once("close", () => {
        clearTimeout(timer)
        resume(Effect.succeed(state))
      })
    }))

/** Posts messages to Slack and to webhooks. */
export class Posting extends Context.Service<Posting, Channel>()("crm-reports/services/deliveries/Posting") {
  static readonly layerOver = (network: Network) =>
    Layer.effect(
      Posting,
      Effect.gen(function*() {
        const isLoopbackAllowed = yield* Config.webhookLoopback
        const log = throttledWarning("a message to a url was not accepted")
        const send = Effect.fnUntraced(function*(letter: Letter) {
          const url = URL.parse(letter.to)
          if (url === null || faultOfUrl("webhook", letter.to, isLoopbackAllowed) !== undefined) return "refused"
          const seconds = Math.floor(DateTime.toEpochMillis(yield* DateTime.now) / 1_000)
          const found = yield* exchange(network, url, letter, signed(letter, seconds))
          const outcome = outcomeOf(found)
          if (outcome !== "sent") yield* log({ host: url.host, outcome, status: found.status })
          return outcome
        })
        return { send }
      })
    )

  static readonly layer = Posting.layerOver(internet)
}
