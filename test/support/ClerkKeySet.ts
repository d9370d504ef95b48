import { Effect } from "effect"
import { createPublicKey } from "node:crypto"
import { createServer } from "node:http"
import { clerkSecret } from "./FakeClerk.ts"

/**
 * Imitates the endpoint of Clerk that lists one public key. Checks the secret key. Its clock is `secondsAhead` ahead.
 */
export const clerkKeySet = (pem: string, secondsAhead = 0) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.callback<{ readonly address: string; readonly close: () => void }>((resume) => {
        const server = createServer({ keepAliveTimeout: 0 }, ({ headers }, response) => {
          response.setHeader("date", new Date(Date.now() + secondsAhead * 1000).toUTCString())
          if (headers.authorization !== `Bearer ${clerkSecret}`) return void response.writeHead(401).end("{}")
          const key = { kid: "ins_1", use: "sig", ...createPublicKey(pem).export({ format: "jwk" }) }
          response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ keys: [key] }))
        })
        server.listen(0, "127.0.0.1", () => {
          const address = server.address()
          const port = typeof address === "object" ? address?.port : undefined
          resume(Effect.succeed({ address: `http://127.0.0.1:${port}`, close: () => void server.close() }))
        })
      }),
      ({ close }) => Effect.sync(close)
    ),
    ({ address }) => address
  )
