import { Effect, Redacted } from "effect"
import { ratePolicies } from "../../src/domain/Limit.ts"
import { started } from "./commandLine.ts"
import { claims, clerkSettings, type KeyPair, sign } from "./Tokens.ts"

/** These settings turn the rate limits off, because tests of load would exceed them. */
export const withoutRateLimits = Object.fromEntries(
  ratePolicies.map((policy) => [`RATE_LIMIT_${policy.toUpperCase()}`, "0"])
)

/** Runs the real service in its own process on a free port. Widgets have no deadline that a test could reach. */
export const serviceOn = Effect.fnUntraced(
  function*(
    url: Redacted.Redacted,
    key: KeyPair,
    more: Record<string, string> = {},
    options: { program?: string } = {}
  ) {
    const child = started(["serve"], {
      DATABASE_URL: Redacted.value(url),
      HOST: "127.0.0.1",
      PORT: "0",
      ...clerkSettings(key.publicPem),
      WIDGET_TIMEOUT: "1 hour",
      DRAIN_FOR: "0 seconds",
      SHUTDOWN_GRACE: "1 hour",
      ...withoutRateLimits,
      ...more
    }, options)
    yield* Effect.addFinalizer(() => child.signal("SIGKILL"))
    return { ...child, port: yield* child.port }
  }
)

export interface Heard {
  readonly status: number
  readonly retryAfter: string | null
  readonly text: string
  /** Contains the error code of each widget of a run. */
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

/** Calls the service as a member of the organization. */
export const callerOf = (port: number, key: KeyPair, organizationId = "org_a") => {
  const headers = {
    authorization: `Bearer ${sign(key, { ...claims(), o: { id: organizationId, rol: "member" } })}`,
    "content-type": "application/json"
  }
  const send = async (path: string, init: RequestInit): Promise<Heard> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
    const text = await response.text()
    return { status: response.status, retryAfter: response.headers.get("retry-after"), text, faults: faultsIn(text) }
  }
  const sending = (method: string) => (path: string, sent: unknown, more: Record<string, string> = {}) =>
    Effect.promise(() => send(path, { method, headers: { ...headers, ...more }, body: JSON.stringify(sent) }))
  return {
    get: (path: string) => Effect.promise(() => send(path, { headers })),
    post: sending("POST"),
    patch: sending("PATCH"),
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
