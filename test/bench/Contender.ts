import { Effect } from "effect"
import { Agent, request } from "node:http"
import { text } from "node:stream/consumers"
import type { Cells } from "./cells.ts"

/** A contender is a server whose speed the bench measures. */
export interface Contender {
  readonly name: string
  readonly port: number
  readonly pid: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly bodyOf: (people: ReadonlyArray<string>, widgets: ReadonlyArray<string>) => string
  /** Returns the numbers of each widget in a response. */
  readonly cellsIn: (answer: string, widgets: ReadonlyArray<string>) => Effect.Effect<ReadonlyArray<Cells>, unknown>
}

/** The bench asks both contenders for the same numbers. The rival computes them with plain SQL. */
export interface Pair {
  readonly contender: Contender
  readonly rival: Contender
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

const answered = ({ headers, path, port }: Contender, body: string, method: string) =>
  new Promise<string>((resolve, reject) => {
    const asked = request({
      agent,
      port,
      path,
      method,
      headers: { ...headers, "content-type": "application/json", "content-length": Buffer.byteLength(body) }
    }, (response) => {
      const heard = text(response)
      const { statusCode = 0 } = response
      if (statusCode >= 200 && statusCode < 300) return heard.then(resolve, reject)
      return heard.then((said) => reject(new Error(`${statusCode} ${said}`)), reject)
    })
    asked.on("error", reject)
    asked.end(body)
  })

export const ask = (contender: Contender, body: string, method = "POST") =>
  Effect.promise(() => answered(contender, body, method))
