import { assert, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { HttpServerRequest } from "effect/http"
import { TestClock } from "effect/testing"
import { RequestTimedOut } from "../../src/api/RequestFailures.ts"
import { bodyOf } from "../../src/http/middleware/requestGuard.ts"

it.effect("a body that is not complete after five seconds is refused, so its request gives back its place", () =>
  Effect.gen(function*() {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("{")) })
    const sent = new Request("http://crm.example/", { method: "POST", body, duplex: "half" })
    const reading = yield* Effect.forkChild(bodyOf(HttpServerRequest.fromWeb(sent)))
    yield* TestClock.adjust("4999 millis")
    assert.isUndefined(reading.pollUnsafe())
    yield* TestClock.adjust("1 millis")
    assert.deepStrictEqual(reading.pollUnsafe(), Exit.fail(new RequestTimedOut()))
  }))
