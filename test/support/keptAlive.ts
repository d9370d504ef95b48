import { Effect } from "effect"
import { Agent, type IncomingMessage, request } from "node:http"
import { text } from "node:stream/consumers"

export interface KeptAlive {
  /** Sends a request on the client's only connection. */
  readonly get: (path: string) => Promise<IncomingMessage>
  readonly answered: () => number
}

/** Keeps one connection until a response says `Connection: close`. */
export const keptAlive = (port: number) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      let answered = 0
      const get = (path: string) =>
        new Promise<IncomingMessage>((resolve, reject) => {
          request({ port, host: "127.0.0.1", agent, path }, (response) => {
            text(response).then(() => {
              answered += 1
              resolve(response)
            }, reject)
          }).on("error", reject).end()
        })
      return { agent, get, answered: () => answered }
    }),
    ({ agent }) => Effect.sync(() => agent.destroy())
  )

/** Sends requests until a response says `Connection: close`. Returns the status of that response. */
export const untilClosed = ({ get }: KeptAlive, path: string) =>
  Effect.promise(() => get(path)).pipe(
    Effect.repeat({ until: ({ headers }) => headers.connection === "close" }),
    Effect.map(({ statusCode }) => statusCode)
  )
