import { Effect, Redacted } from "effect"
import { connect, createServer } from "node:net"

/** Returns the error message of PostgreSQL's protocol for an unknown startup parameter. */
const refusal = (name: string): Buffer => {
  const fields = Buffer.from(`SFATAL\0C08P01\0Munsupported startup parameter: ${name}\0\0`)
  const head = Buffer.alloc(5)
  head.write("E")
  head.writeInt32BE(4 + fields.length, 1)
  return Buffer.concat([head, fields])
}

/** Forwards to a server, but refuses sessions that ask for this setting, as PgBouncer does. Returns its URL. */
export const pickyPooler = (server: Redacted.Redacted, setting: string) => {
  const target = new URL(Redacted.value(server))
  return Effect.acquireRelease(
    Effect.callback<{ readonly url: Redacted.Redacted; readonly close: () => void }>((resume) => {
      const pooler = createServer((client) => {
        client.on("error", () => {})
        client.once("data", (startup) => {
          if (startup.includes(`${setting}\0`)) return client.end(refusal(setting))
          const backend = connect(Number(target.port), target.hostname)
          backend.on("error", () => client.destroy())
          backend.write(startup)
          client.pipe(backend).pipe(client)
        })
      })
      pooler.listen(0, "127.0.0.1", () => {
        const address = pooler.address()
        const url = new URL(target.href)
        url.port = String(typeof address === "object" ? address?.port : "")
        resume(Effect.succeed({ url: Redacted.make(url.href), close: () => pooler.close() }))
      })
    }),
    ({ close }) => Effect.sync(close)
  )
}
