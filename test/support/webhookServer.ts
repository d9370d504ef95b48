import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http"
import { createServer as createTlsServer } from "node:https"
import { selfSigned } from "./selfSigned.ts"

export interface Post {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export const json = ({ body }: Post) => JSON.parse(body.toString())

/** A real server of webhooks, until the scope closes. It keeps every message whose last byte it got. */
export const webhookServer = Effect.fnUntraced(function*({ isTls = false } = {}) {
  const posts: Array<Post> = []
  const behaviour = { answer: (response: ServerResponse): unknown => response.writeHead(204).end() }
  const counts = { connections: 0, open: 0 }
  const server = isTls ? createTlsServer(selfSigned) : createServer()
  server.on("connection", (socket) => {
    counts.connections += 1
    counts.open += 1
    socket.on("error", () => {}).on("close", () => {
      counts.open -= 1
    })
  })
  server.on("request", (request, response) => {
    const chunks: Array<Buffer> = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => {
      posts.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks) })
      behaviour.answer(response)
    })
  })
  yield* Effect.acquireRelease(
    Effect.callback<void>((resume) => {
      server.listen(0, "127.0.0.1", () => resume(Effect.void))
    }),
    () =>
      Effect.callback<void>((resume) => {
        server.closeAllConnections()
        server.close(() => resume(Effect.void))
      })
  )
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : assert.fail("no port")
  return { posts, behaviour, counts, port, url: `${isTls ? "https://localhost" : "http://127.0.0.1"}:${port}/hook` }
})

/** The signature as the specification of Standard Webhooks describes it, computed without `node:crypto`. */
export const signatureOf = async (secret: string, { body, headers }: Post): Promise<string> => {
  const bytes = Uint8Array.from(atob(secret.slice("whsec_".length)), (character) => character.charCodeAt(0))
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"])
  const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body.toString()}`
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(signed)))
  return `v1,${btoa(String.fromCharCode(...mac))}`
}
