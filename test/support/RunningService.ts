import { Effect, Redacted } from "effect"
import { started } from "./commandLine.ts"
import { claims, issuer, type KeyPair, party, sign } from "./Tokens.ts"

/** The real service in a process of its own. */
export const serviceOn = Effect.fnUntraced(
  function*(url: Redacted.Redacted, key: KeyPair, port: number, more: Record<string, string> = {}) {
    const child = started(["serve"], {
      DATABASE_URL: Redacted.value(url),
      HOST: "127.0.0.1",
      PORT: String(port),
      CLERK_JWT_KEY: key.publicPem,
      CLERK_ISSUER: issuer,
      CLERK_AUTHORIZED_PARTIES: party,
      WIDGET_TIMEOUT: "1 second",
      ...more
    })
    yield* Effect.addFinalizer(() => child.signal("SIGKILL"))
    yield* child.hasSaid("listens")
    return child
  }
)

export interface Heard {
  readonly status: number
  readonly retryAfter: string | null
  readonly text: string
  readonly millis: number
  /** What each widget of a run says is wrong with it. */
  readonly faults: ReadonlyArray<string | undefined>
}

const faultsIn = (text: string): Heard["faults"] => {
  if (!text.startsWith("{\"results\":[{\"instanceId\"")) return []
  const { results }: { readonly results: ReadonlyArray<{ readonly error?: { readonly code: string } }> } = JSON.parse(
    text
  )
  return results.map(({ error }) => error?.code)
}

const widget = (metricId: string) => ({
  instanceId: metricId,
  metricId,
  chart: metricId.includes("rate") ? "radial" : "stat"
})
const body = (metricIds: ReadonlyArray<string>) => JSON.stringify({ widgets: metricIds.map(widget) })

/** Calls the service as a member of `org_a`. */
export const callerOf = (port: number, key: KeyPair) => {
  const authorization = `Bearer ${sign(key, { ...claims(), exp: Math.floor(Date.now() / 1000) + 600 })}`
  const send = async (path: string, init: RequestInit): Promise<Heard> => {
    const sentAt = performance.now()
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
    const text = await response.text()
    const { headers, status } = response
    const millis = performance.now() - sentAt
    return { status, retryAfter: headers.get("retry-after"), text, millis, faults: faultsIn(text) }
  }
  const headers = { authorization, "content-type": "application/json" }
  return {
    get: (path: string) => Effect.promise(() => send(path, { headers })),
    post: (path: string, sent: unknown) =>
      Effect.promise(() => send(path, { method: "POST", headers, body: JSON.stringify(sent) })),
    runOn: (metricId: string, days: ReadonlyArray<string>) =>
      Effect.promise(() => {
        const widgets = days.map((day) => ({
          ...widget(metricId),
          instanceId: day,
          timeframe: { preset: "custom", from: day, to: day }
        }))
        return send("/crm-reports/metrics/run", { method: "POST", headers, body: JSON.stringify({ widgets }) })
      }),
    run: (...metricIds: ReadonlyArray<string>) =>
      Effect.promise((signal) =>
        send("/crm-reports/metrics/run", { method: "POST", headers, body: body(metricIds), signal })
      )
  }
}

/** Asks again until the answer is 200. */
export const until200 = (asking: Effect.Effect<Heard>) =>
  Effect.gen(function*() {
    for (let turn = 0; turn < 100; turn++) {
      if ((yield* asking).status === 200) return
      yield* Effect.sleep("100 millis")
    }
    return yield* Effect.die(new Error("it never came back"))
  })
