import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { FetchHttpClient, HttpClientRequest } from "effect/http"
import { HttpApiClient, HttpApiMiddleware } from "effect/http-api"
import { TestClock } from "effect/testing"
import { Authentication } from "../../src/api/Authentication.ts"
import { throttledWarning } from "../../src/telemetry/throttledWarning.ts"
import { eventually } from "../support/eventually.ts"
import { logInto } from "../support/logInto.ts"
import { ProbeApi, ThingNotFound } from "../support/ProbeApi.ts"
import { listenProbe, type Probe, settingsFor } from "../support/ProbeServer.ts"
import { claims, makeKeyPair, sign } from "../support/Tokens.ts"

const key = makeKeyPair()
let probe: Probe & { readonly port: number }
beforeAll(async () => {
  probe = await listenProbe(settingsFor(key.publicPem))
})
afterAll(() => probe.close())

const as = (token: string) =>
  Layer.merge(
    HttpApiMiddleware.layerClient(Authentication, ({ next, request }) =>
      next(HttpClientRequest.bearerToken(request, token))),
    FetchHttpClient.layer
  )

const asked = (kind: "missing" | "taken" | "unavailable" | "slow" | "defect", token = sign(key, claims())) =>
  Effect.gen(function*() {
    const client = yield* HttpApiClient.make(ProbeApi, { baseUrl: `http://127.0.0.1:${probe.port}` })
    return yield* client.probe.fail({ params: { kind } })
  }).pipe(Effect.flip, Effect.provide(as(token)))

describe("the errors of the typed client", () => {
  it.live.each(
    [
      ["thing_not_found", "ThingNotFound", "missing"],
      ["thing_taken", "ThingTaken", "taken"],
      ["unavailable", "Unavailable", "unavailable"],
      ["timeout", "TimedOut", "slow"],
      ["internal_error", "InternalError", "defect"]
    ] as const
  )(
    "a response with the code %s gives the typed client the error %s",
    ([, tag, kind]) => Effect.map(asked(kind), ({ _tag }) => assert.strictEqual(_tag, tag))
  )

  it.live("an error of the typed client has the message and the request id of the response", () =>
    Effect.gen(function*() {
      const failure = yield* asked("missing")
      assert.instanceOf(failure, ThingNotFound)
      assert.strictEqual(failure.message, "There is no such thing.")
      assert.match("requestId" in failure ? failure.requestId : "", /^[\w-]{36}$/)
    }))

  it.live("an expired token gives the typed client the code token_expired", () =>
    Effect.gen(function*() {
      const failure = yield* asked("missing", sign(key, { ...claims(), exp: 1 }))
      assert.strictEqual("code" in failure ? failure.code : "", "token_expired")
    }))
})

describe("a service that stops", () => {
  it("a request that is open when the grace period ends gets 503", async () => {
    const stopping = await listenProbe(settingsFor(key.publicPem))
    const waiting = stopping.call("/crm-reports/fail/never", {
      headers: { authorization: `Bearer ${sign(key, claims())}` }
    })
    await Effect.runPromise(eventually(Effect.sync(stopping.reached), (count) => count > 0))
    const closed = stopping.close()
    const answer = await waiting
    assert.strictEqual(answer.status, 503)
    assert.deepInclude(await answer.json(), { code: "unavailable" })
    await closed
  })
})

/** Logs a warning at each time. Returns the time and the number of left-out warnings of each logged line. */
const loggedAt = (times: ReadonlyArray<number>) =>
  Effect.gen(function*() {
    const logged: Array<string> = []
    const log = logInto(logged)
    const warning = throttledWarning("too much")
    for (const time of times) {
      yield* TestClock.setTime(time)
      yield* Effect.provide(warning({ time }), log)
    }
    return logged.map((line) => /time=(\d+) heldBack=(\d+)/.exec(line)?.slice(1).map(Number))
  })

describe("a throttled warning", () => {
  it.effect("a throttled warning is still logged after the wall clock was set back", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* loggedAt([3_600_000, 0, 1_000]), [[3_600_000, 0], [1_000, 1]])
    }))

  it.effect("a throttled warning is logged at most once a second, with the number of warnings that were left out", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* loggedAt([0, 10, 999, 1_000, 1_500, 2_600]), [[0, 0], [1_000, 2], [2_600, 1]])
    }))
})
