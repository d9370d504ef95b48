import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { capturedTables } from "../../src/services/replica/captureEpoch.ts"
import { eventually } from "./eventually.ts"
import { isReady, listen, type LiveStream } from "./liveStream.ts"
import { say } from "./locks.ts"
import { freshDatabase } from "./Postgres.ts"
import { serviceOnTestClock } from "./serviceOnTestClock.ts"
import { claims, type Json, makeKeyPair, sign } from "./Tokens.ts"

export const key = makeKeyPair()

/** Signs a token of a member of `org_a`, unless the claims say otherwise. */
export const tokenOf = (more: Json = {}) => sign(key, { ...claims(), ...more })

export const admin = { sub: "user_1", o: { id: "org_a", rol: "admin" } }
export const stranger = { sub: "user_9", o: { id: "org_b", rol: "admin" } }

export const total = { instanceId: "total", metricId: "leads.total", chart: "stat" }

export const insertedLead = (id: string, organization = "org_a", owner = "user_1") => `
  INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
  VALUES ('${organization}', '${id}', '${owner}', 'lead', now() - interval '1 minute')`

export const widgets = { widgets: [total] }

export const path = "/crm-reports/metrics/run"

const listenAt = (port: number) => (token: string, body: unknown = widgets, lastEventId?: string) =>
  listen({ address: `http://127.0.0.1:${port}${path}`, token, body, ...(lastEventId !== undefined && { lastEventId }) })

/** Opens a stream and waits for its event `ready`. */
export const openedAt = Effect.fnUntraced(function*(port: number, token: string, body?: unknown, lastEventId?: string) {
  const stream = yield* listenAt(port)(token, body, lastEventId)
  yield* eventually(Effect.sync(() => isReady(stream)), Boolean)
  return stream
})

const triggers = "SELECT FROM pg_trigger WHERE tgname = 'log_replicated' AND tgenabled = 'R'"

/** Runs a service with replicas on a test clock. `logged` waits until the change log is on. */
export const liveScene = Effect.fnUntraced(function*(settings: Record<string, string> = {}) {
  const url = yield* freshDatabase
  const service = yield* serviceOnTestClock(url, key, {
    REPLICA_ROWS: "10000",
    WIDGET_TIMEOUT: "1 hour",
    SLOW_REQUEST: "1 hour",
    ...settings
  })
  const logged = Effect.gen(function*() {
    for (let asked = 0; asked < 10; asked++) yield* service.run("leads.total")
    yield* eventually(say(url, triggers), ({ rowCount }) => rowCount === capturedTables.length)
  })
  return {
    logged,
    open: listenAt(service.port),
    opened: (token: string, body?: unknown, lastEventId?: string) => openedAt(service.port, token, body, lastEventId),
    say: (text: string) => say(url, text)
  }
})

/** Moves the test clock on by one second at a time, until `isWanted` returns true. */
export const untilSecond = (isWanted: () => boolean) =>
  eventually(Effect.as(TestClock.adjust("1 second"), isWanted), (is) => is())

export const valuesIn = (stream: LiveStream) =>
  stream.events().flatMap(({ data, event }) => event === "series" ? [valueOf(data)] : [])

const valueOf = ({ stat }: Record<string, unknown>): unknown =>
  typeof stat === "object" && stat !== null && "value" in stat ? stat.value : undefined
