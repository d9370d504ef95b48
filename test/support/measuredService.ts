import { Effect, Redacted } from "effect"
import { request } from "node:http"
import { freePort } from "./freePort.ts"
import { say } from "./locks.ts"
import { freshDatabase } from "./Postgres.ts"
import { callerOf, serviceOn } from "./RunningService.ts"
import { makeKeyPair } from "./Tokens.ts"

/** A client puts this text into requests. No metric may repeat it. */
export const personal = "Salaries"

const statusOf = (port: number, method: string, path: string) =>
  Effect.promise(() =>
    new Promise<number>((done, failed) => {
      const sent = request({ port, host: "127.0.0.1", method, path, headers: { "x-request-id": personal } })
      sent.once("error", failed).once("response", (response) => done(response.resume().statusCode ?? 0)).end()
    })
  )

export const readMetrics = (port: number) =>
  Effect.promise(async () => await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())

/** The sum of these prices is above 2^52 cents, so a replica does not compute it. */
const dearDeals = `
  INSERT INTO crm.deals (organization_id, deal_id, owner_id, status, stage, price, currency, created_at)
  SELECT 'org_a', 'deal_' || n, 'user_1', 'open', 'offer', 9999999999, 'EUR', now()
  FROM generate_series(1, 5000) n`

/** Sends requests of many kinds to the service, also with unusual methods and paths, and reads its metrics. */
export const measuredService = Effect.scoped(Effect.gen(function*() {
  const key = makeKeyPair()
  const metricsPort = yield* Effect.promise(freePort)
  const url = yield* freshDatabase
  const service = yield* serviceOn(url, key, {
    METRICS_PORT: String(metricsPort),
    REPLICA_ROWS: "20000",
    WIDGET_TIMEOUT: "10 minutes",
    RATE_LIMIT_KEYS: "1",
    REDIS_URL: `redis://127.0.0.1:${yield* Effect.promise(freePort)}`,
    DATABASE_REPLICA_URL: Redacted.value(url)
  })
  yield* say(url, dearDeals)
  const { get, post, run } = callerOf(service.port, key)
  const layout = { widgets: [] }
  const { text } = yield* post("/crm-reports", { title: personal, layout })
  const { id }: { readonly id: string } = JSON.parse(text)
  yield* get(`/crm-reports/${id}`)
  yield* get(`/crm-reports/${id}/export?format=csv`)
  for (let asked = 0; asked < 10; asked++) yield* run("leads.total")
  yield* service.hasSaid("replica loaded")
  yield* run("leads.total", "deals.won_value", "deals.pipeline_value")
  for (const method of ["GET", "HEAD", "PURGE", "PROPFIND", "OPTIONS", "POST"]) {
    for (let at = 0; at < 20; at++) {
      yield* statusOf(service.port, method, `/crm-reports/${personal}-${at}?title=${personal}`)
      yield* statusOf(service.port, method, `/${personal}/${at}`)
    }
  }
  yield* get("/crm-reports/keys")
  yield* get("/crm-reports/keys")
  yield* get("/ready")
  const onMainPort = yield* statusOf(service.port, "GET", "/metrics")
  const onMetricsPort = yield* statusOf(metricsPort, "GET", "/health")
  const metrics = yield* readMetrics(metricsPort)
  return { metrics, onMainPort, onMetricsPort, reportId: id }
}))
