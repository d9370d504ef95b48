import { Effect } from "effect"
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http"
import { eventually } from "./eventually.ts"

/** Leaves out the headers that apply to one connection only. */
const endToEnd = ({ headers }: IncomingMessage) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !["connection", "keep-alive"].includes(name)))

const isReady = (port: number) =>
  Effect.promise(() => fetch(`http://127.0.0.1:${port}/ready`).then(({ status }) => status === 200, () => false))

/** Forwards requests in turn to the services whose `/ready` returned 200. Repeats no request. */
const forwarding = (agent: Agent, ready: ReadonlySet<number>) => {
  let turn = 0
  return (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const port = [...ready][turn % Math.max(1, ready.size)]
    turn += 1
    const { method = "GET", url = "/" } = incoming
    const failed = () => outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()
    if (port === undefined) return failed()
    const onward = request(
      { agent, host: "127.0.0.1", port, method, path: url, headers: endToEnd(incoming) },
      (found) => {
        outgoing.writeHead(found.statusCode ?? 502, endToEnd(found))
        found.on("error", failed).pipe(outgoing)
      }
    )
    incoming.pipe(onward.on("error", failed))
  }
}

/** Balances requests among services until the scope closes. */
export const balancer = Effect.gen(function*() {
  const [targets, ready] = [new Set<number>(), new Set<number>()]
  const agent = new Agent({ keepAlive: true })
  const server = yield* Effect.acquireRelease(
    Effect.callback<ReturnType<typeof createServer>>((resume) => {
      const server = createServer(forwarding(agent, ready))
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) => Effect.sync(() => server.close().closeAllConnections())
  )
  yield* Effect.addFinalizer(() => Effect.sync(() => agent.destroy()))
  const look = (port: number) =>
    Effect.map(isReady(port), (isUp) => {
      if (isUp && targets.has(port)) ready.add(port)
      // On a busy machine, `/ready` of a sound service can be late, so the last service is kept.
      else if (ready.size > 1) ready.delete(port)
    })
  const looking = Effect.suspend(() => Effect.forEach(targets, look, { concurrency: "unbounded", discard: true }))
  yield* Effect.forkScoped(Effect.forever(Effect.andThen(looking, Effect.sleep("50 millis"))))
  const address = server.address()
  const untilReady = (port: number, isWanted: boolean) =>
    Effect.asVoid(eventually(Effect.sync(() => ready.has(port)), (isUp) => isUp === isWanted))
  return {
    port: address !== null && typeof address === "object" ? address.port : 0,
    /** Sends requests to this service once it is ready. */
    add: (port: number) => Effect.andThen(Effect.sync(() => targets.add(port)), untilReady(port, true)),
    /** Waits until the balancer has noticed that this service takes no more requests. */
    untilUnready: (port: number) => untilReady(port, false)
  }
})
