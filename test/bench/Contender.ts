import { Effect } from "effect"
import { Agent, request } from "node:http"
import { text } from "node:stream/consumers"

/** A server whose speed is compared: our service, or plain SQL on a Node server. */
export interface Contender {
  readonly name: string
  readonly port: number
  readonly pid: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Returns a request body for these widgets and people. */
  readonly bodyOf: (people: ReadonlyArray<string>, widgets: ReadonlyArray<string>) => string
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

const answered = ({ headers, path, port }: Contender, body: string) =>
  new Promise<string>((resolve, reject) => {
    const asked = request({
      agent,
      port,
      path,
      method: "POST",
      headers: { ...headers, "content-type": "application/json", "content-length": Buffer.byteLength(body) }
    }, (response) => {
      const heard = text(response)
      if (response.statusCode === 200) return heard.then(resolve, reject)
      return heard.then((said) => reject(new Error(`${response.statusCode} ${said}`)), reject)
    })
    asked.on("error", reject)
    asked.end(body)
  })

export const ask = (contender: Contender, body: string) => Effect.promise(() => answered(contender, body))
