import { assert, describe, layer } from "@effect/vitest"
import { Context, Effect, Layer, Redacted } from "effect"
import { isFull } from "../proof/storesFor.ts"
import { runProcess, started } from "../support/commandLine.ts"
import { breachOf } from "../support/contract.ts"
import { temporaryFolder } from "../support/folder.ts"
import { chanceFrom } from "../support/generative/chance.ts"
import { nestedRequests } from "../support/generative/nestedRequests.ts"
import { type Generated, operations, requestFor } from "../support/generative/requestFor.ts"
import { freshDatabase } from "../support/Postgres.ts"
import { withoutRateLimits } from "../support/RunningService.ts"

const seed = 20_260_501
const requestsAnOperation = isFull ? 120 : 40

interface Answer {
  readonly contentType: string | undefined
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

class Service extends Context.Service<Service, {
  readonly send: (request: Generated) => Effect.Effect<Answer>
}>()("crm-reports/test/Service") {
  /** Starts the service as a process, with a small demo CRM. */
  static readonly layer = Layer.effect(
    Service,
    Effect.gen(function*() {
      const env = {
        ...withoutRateLimits,
        DATABASE_URL: Redacted.value(yield* freshDatabase),
        DATA_FOLDER: yield* temporaryFolder,
        DEVELOPMENT_SIGN_IN: "true",
        WIDGET_TIMEOUT: "1 hour",
        FREEZE_TIMEOUT: "1 hour",
        HOST: "127.0.0.1",
        PORT: "0"
      }
      yield* runProcess(["seed", "--leads", "200"], env)
      const child = started(["serve"], env)
      yield* Effect.addFinalizer(() => Effect.andThen(child.signal("SIGTERM"), child.ended))
      yield* child.hasSaid("listens at")
      const [url = ""] = /http:\/\/[\d.]+:\d+/.exec(child.out()) ?? []
      const token = (yield* runProcess(["token", "--user", "user_ana"], env)).out.trim()
      const send = ({ body, headers, method, path }: Generated) =>
        Effect.promise(async () => {
          const response = await fetch(`${url}${path}`, {
            method,
            headers: { ...headers, authorization: `Bearer ${token}`, "content-type": "application/json" },
            ...(body !== undefined && { body })
          })
          const { headers: received, status } = response
          const contentType = received.get("content-type") ?? undefined
          return { status, text: await response.text(), headers: received, contentType }
        })
      return Service.of({ send })
    })
  )
}

const widgets = [{ instanceId: "a", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 1, h: 1 }]

const made = Effect.fnUntraced(function*(path: string, body: unknown) {
  const { send } = yield* Service
  const { text } = yield* send({ method: "POST", path, headers: {}, body: JSON.stringify(body) })
  return String(JSON.parse(text).id)
})

const target = { metricId: "leads.total", for: "organization", period: "month", values: { "2026-05": 5 } }

/** Creates a report with a schedule, a snapshot, a key, a target and a subscription, and returns their ids. */
const known = Effect.gen(function*() {
  const id = yield* made("/crm-reports", { title: "Known", visibility: "organization", layout: { widgets } })
  const { send } = yield* Service
  const schedule = JSON.stringify({ every: "day", at: "07:00" })
  yield* send({ method: "PUT", path: `/crm-reports/${id}/freezing`, headers: {}, body: schedule })
  const snapshotId = yield* made(`/crm-reports/${id}/snapshots`, {})
  const keyId = yield* made("/crm-reports/keys", { name: "Known", scopes: ["reports:read"] })
  const targetId = yield* made("/crm-reports/targets", { ...target, filters: { source: crypto.randomUUID() } })
  const weekly = { every: "week", at: "07:00", to: ["ana"], channel: "email", format: "link" }
  const subscriptionId = yield* made(`/crm-reports/${id}/subscriptions`, weekly)
  return { id, version: "1", snapshotId, keyId, targetId, subscriptionId }
})

layer(Service.layer, { excludeTestServices: true })("requests made from the OpenAPI document", (it) => {
  describe("generated requests", () => {
    it.effect.each(operations)(
      "generated requests to operation $id get only documented responses below 500",
      (operation) =>
        Effect.gen(function*() {
          const { send } = yield* Service
          const ids = yield* known
          const chance = chanceFrom(seed)
          const requests = Array.from({ length: requestsAnOperation }, () => requestFor(operation, chance, ids))
          const outcomes = yield* Effect.forEach(requests, (request) =>
            Effect.map(send(request), (answer) => {
              const { method, path: url } = request
              const breach = answer.status >= 500
                ? `${method} ${url} answered ${answer.status}`
                : breachOf({ method, url, ...answer })
              return { status: answer.status, fault: breach === undefined ? [] : [`${breach}\n${request.body}`] }
            }), { concurrency: 4 })
          assert.deepStrictEqual(outcomes.flatMap(({ fault }) => fault), [])
          assert.isTrue(outcomes.some(({ status }) => status < 400))
        })
    )
  })

  it.effect("a deeply nested value ends no request with 500, at each place of a body of 8 KiB", () =>
    Effect.gen(function*() {
      const { send } = yield* Service
      const outcomes = yield* Effect.forEach(
        nestedRequests(yield* known),
        (request) =>
          Effect.map(send(request), ({ status, text }) => {
            const isFailed = status === 500 || text.includes("-32603")
            return { status, fault: isFailed ? [`${request.path} answered ${status}\n${request.body}`] : [] }
          }),
        { concurrency: 4 }
      )
      assert.deepStrictEqual(outcomes.flatMap(({ fault }) => fault), [])
      assert.isTrue(outcomes.some(({ status }) => status < 400))
    }))
})
