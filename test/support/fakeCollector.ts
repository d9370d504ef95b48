import { createServer, type Server } from "node:http"
import type { Socket } from "node:net"

interface Value {
  readonly stringValue?: string
}

interface Span {
  readonly name: string
  readonly traceId: string
  readonly attributes: ReadonlyArray<{ readonly key: string; readonly value: Value }>
}

interface Traces {
  readonly resourceSpans: ReadonlyArray<{ readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<Span> }> }>
}

export type Manner = "accepts" | "refuses" | "hangs"

/** Imitates an OpenTelemetry collector, which keeps the requests, and can refuse, hang, be killed and come back. */
export const fakeCollector = async (port = 0) => {
  const got: Array<{ readonly path: string; readonly body: string }> = []
  const sockets = new Set<Socket>()
  let manner: Manner = "accepts"
  let asked = 0
  let server: Server

  const listen = (at: number) =>
    new Promise<number>((done) => {
      server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
        asked += 1
        let body = ""
        for await (const chunk of request) body += String(chunk)
        if (manner === "hangs") return
        if (manner === "accepts") got.push({ path: request.url ?? "", body })
        response.writeHead(manner === "refuses" ? 400 : 200, { "content-type": "application/json" }).end("{}")
      })
      server.on("connection", (socket) => {
        sockets.add(socket)
        socket.once("close", () => sockets.delete(socket))
      })
      server.listen(at, "127.0.0.1", () => {
        const address = server.address()
        done(address !== null && typeof address === "object" ? address.port : 0)
      })
    })

  const kill = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      for (const socket of sockets) socket.destroy()
    })

  const bodies = (path: string) => got.filter((one) => one.path === path).map(({ body }) => body)
  const address = await listen(port)
  return {
    port: address,
    kill,
    comeBack: () => listen(address),
    behave: (next: Manner) => {
      manner = next
    },
    asked: () => asked,
    bodies,
    spans: (): ReadonlyArray<Span> =>
      bodies("/v1/traces").flatMap((body) => {
        const { resourceSpans }: Traces = JSON.parse(body)
        return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
      })
  }
}
