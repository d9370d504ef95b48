import { assert, layer } from "@effect/vitest"
import { Clock, Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { eventually } from "../../support/eventually.ts"
import {
  admin,
  insertedLead,
  key,
  liveScene,
  openedAt,
  stranger,
  tokenOf,
  untilSecond,
  valuesIn,
  widgets
} from "../../support/liveScene.ts"
import { eventsIn } from "../../support/liveStream.ts"
import { freshDatabase } from "../../support/Postgres.ts"
import { serviceOn } from "../../support/RunningService.ts"

/** This token expires before the stream counts again. The test clock may be too fast for the deadline of a count. */
const briefToken = Effect.map(Clock.currentTimeMillis, (now) => tokenOf({ exp: Math.floor(now / 1000) + 5 }))

layer(Layer.empty)("the running service", (it) => {
  it.effect("a commit reaches the streams that count its rows, and no others, within a second", () =>
    Effect.gen(function*() {
      const { logged, opened, say } = yield* liveScene()
      yield* say(
        "INSERT INTO crm.members (organization_id, user_id, name) VALUES ('org_a', 'user_1', 'Ana'), ('org_a', 'user_2', 'Bo')"
      )
      yield* logged
      const everyone = { ...widgets, everyone: true }
      const member = yield* opened(tokenOf({ sub: "user_2" }), everyone)
      const all = yield* opened(tokenOf(admin), everyone)
      const other = yield* opened(tokenOf(stranger), everyone)
      // A heartbeat is no event.
      const eventsOf = (stream: typeof member) => stream.text().replaceAll(/^:\n\n/gm, "")
      const before = [member, other].map(eventsOf)
      yield* say(insertedLead("one"))
      yield* TestClock.adjust("1 second")
      yield* eventually(Effect.sync(() => valuesIn(all).length), (length) => length === 2)
      yield* TestClock.adjust("5 seconds")
      assert.deepStrictEqual(valuesIn(all), [0, 1])
      assert.deepStrictEqual([member, other].map(eventsOf), before)
    }))

  it.effect("a stream over chosen people gets a new series within a second after one of them became a member", () =>
    Effect.gen(function*() {
      const { logged, opened, say } = yield* liveScene()
      yield* say(insertedLead("one", "org_a", "user_7"))
      yield* logged
      const all = yield* opened(tokenOf(admin), { ...widgets, assigneeIds: ["user_1", "user_7"] })
      yield* say("INSERT INTO crm.members (organization_id, user_id, name) VALUES ('org_a', 'user_7', 'Gia')")
      yield* TestClock.adjust("1 second")
      yield* eventually(Effect.sync(() => valuesIn(all).length), (length) => length === 2)
      assert.deepStrictEqual(valuesIn(all), [0, 1])
    }))

  it.effect("the headers of a stream name text/event-stream, and forbid caching, compression and buffering", () =>
    Effect.gen(function*() {
      const { opened } = yield* liveScene()
      const { headers } = yield* opened(tokenOf())
      const named = ["content-type", "cache-control", "x-accel-buffering", "content-encoding", "content-length"]
      assert.deepStrictEqual(named.map((name) => headers.get(name)), [
        "text/event-stream",
        "private, no-store, no-transform",
        "no",
        null,
        null
      ])
    }))

  it.effect("when the session token expires, the stream sends `expired` with the body of a 401, and ends", () =>
    Effect.gen(function*() {
      const { opened } = yield* liveScene()
      const stream = yield* opened(yield* briefToken)
      yield* untilSecond(stream.isEnded)
      const { data, event } = stream.events().at(-1) ?? assert.fail("no event")
      assert.deepStrictEqual([event, data["statusCode"], data["code"]], ["expired", 401, "token_expired"])
      assert.strictEqual(data["requestId"], stream.headers.get("x-request-id"))
    }))

  it.effect("after `expired`, a client with a new token and the id of its last event gets only `ready`", () =>
    Effect.gen(function*() {
      const { opened } = yield* liveScene()
      const stream = yield* opened(yield* briefToken)
      const id = stream.events().at(-1)?.id ?? assert.fail("no id")
      yield* untilSecond(stream.isEnded)
      const again = yield* opened(tokenOf(), widgets, id)
      assert.deepStrictEqual(again.events(), [{ id, event: "ready", data: {} }])
    }))

  it.effect("after 15 seconds without an event, the client gets a comment", () =>
    Effect.gen(function*() {
      const { opened } = yield* liveScene()
      const stream = yield* opened(tokenOf())
      yield* untilSecond(() => stream.text().endsWith("\n\n:\n\n"))
      assert.deepStrictEqual(eventsIn(stream.text()).map(({ event }) => event), ["series", "ready"])
    }))

  it.effect("a person with LIVE_STREAMS_PER_PERSON streams gets 429 with Retry-After until a stream ends", () =>
    Effect.gen(function*() {
      const { open, opened } = yield* liveScene({ LIVE_STREAMS_PER_PERSON: "1" })
      const first = yield* opened(tokenOf())
      const refused = yield* open(tokenOf())
      assert.deepStrictEqual([refused.status, refused.headers.get("retry-after")], [429, "10"])
      first.leave()
      yield* eventually(Effect.map(open(tokenOf()), ({ status }) => status), (status) => status === 200)
    }))

  it.effect("a stream above LIVE_STREAMS gets 503 with Retry-After", () =>
    Effect.gen(function*() {
      const { open } = yield* liveScene({ LIVE_STREAMS: "0" })
      const { headers, status } = yield* open(tokenOf())
      assert.deepStrictEqual([status, headers.get("retry-after")], [503, "1"])
    }))
})

layer(Layer.empty, { excludeTestServices: true })("the running service", (it) => {
  it.effect("after SIGTERM, a stream ends with `failure`, and the service exits with 0", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      const service = yield* serviceOn(url, key, { SHUTDOWN_GRACE: "1 hour" })
      const stream = yield* openedAt(service.port, tokenOf())
      yield* service.signal("SIGTERM")
      assert.strictEqual((yield* service.ended).code, 0)
      assert.deepStrictEqual(stream.events().map(({ data, event }) => [event, data["statusCode"]]).at(-1), [
        "failure",
        503
      ])
    }))
})
