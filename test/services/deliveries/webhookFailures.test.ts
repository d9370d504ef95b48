import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { UserId } from "../../../src/domain/Ids.ts"
import { Subscriptions } from "../../../src/services/deliveries/Subscriptions.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { deliverAt, outcomesOf, subscribed } from "../../support/deliveries.ts"
import { ana, layout, minute, set, seven } from "../../support/deliveryScene.ts"
import { posted, withServer } from "../../support/webhookScene.ts"
import { signatureOf } from "../../support/webhookServer.ts"

describe("failures of webhooks", () => {
  it.live("five refusals pause the messages, and the same url starts them again", () =>
    withServer((server) =>
      Effect.gen(function*() {
        server.behaviour.answer = (response) => response.writeHead(410).end()
        const subscription = yield* posted(ana, server.url)
        for (let day = 11; day < 18; day++) yield* deliverAt(seven(day))
        assert.strictEqual(server.posts.length, 5)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["failed", "url_refused"] })
        const { to } = yield* (yield* Subscriptions).update(ana, subscription.id, { url: server.url })
        assert.deepStrictEqual(to.map(({ failures, pausedAt }) => [failures, pausedAt]), [[0, null]])
        yield* deliverAt(seven(18))
        assert.strictEqual(server.posts.length, 6)
      })
    ))

  it.live("a server that is not ready for a day fails each delivery, which counts towards the pause", () =>
    withServer((server) =>
      Effect.gen(function*() {
        server.behaviour.answer = (response) => response.writeHead(503).end()
        const { id } = yield* posted(ana, server.url)
        for (let hours = 0; hours < 25; hours++) yield* deliverAt(seven(11) + hours * 60 * minute)
        yield* deliverAt(seven(12) + 120 * minute)
        const { to } = yield* (yield* SubscriptionRepo).find(ana, id)
        assert.strictEqual(to[0]?.failures, 1)
      })
    ))

  it.live("attempts have one id, new times, and valid signatures, until the server accepts one", () =>
    withServer((server) =>
      Effect.gen(function*() {
        server.behaviour.answer = (response) => response.writeHead(server.posts.length < 4 ? 503 : 200).end()
        const subscription = yield* posted(ana, server.url)
        for (let passed = 0; passed < 60; passed += 5) yield* deliverAt(seven(11) + passed * minute)
        const header = (name: string) => new Set(server.posts.map(({ headers }) => String(headers[name])))
        assert.strictEqual(server.posts.length, 4)
        assert.deepStrictEqual([header("webhook-id").size, header("webhook-timestamp").size], [1, 4])
        for (const post of server.posts) {
          const right = yield* Effect.promise(() => signatureOf(String(subscription.secret), post))
          assert.strictEqual(post.headers["webhook-signature"], right)
        }
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["sent", null] })
      })
    ))

  it.live("a message that the server may have is sent once more with its id, and never a third time", () =>
    withServer((server) =>
      Effect.gen(function*() {
        server.behaviour.answer = ({ socket }) => socket?.destroy()
        const subscription = yield* posted(ana, server.url)
        for (let passed = 0; passed < 60; passed += 5) yield* deliverAt(seven(11) + passed * minute)
        assert.strictEqual(server.posts.length, 2)
        assert.strictEqual(new Set(server.posts.map(({ headers }) => headers["webhook-id"])).size, 1)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["uncertain", "no_answer"] })
      })
    ))

  it.live.each(
    [
      [{ channel: "webhook" }, "url"],
      [{ channel: "webhook", url: "https://a.example/", to: [UserId.make("bo")] }, "to"],
      [{ channel: "webhook", url: "https://a.example/", format: "pdf" }, "format"],
      [{ channel: "webhook", url: "https://10.0.0.1/" }, "url"],
      [{ channel: "slack", url: "https://hooks.slack.com.evil.example/services/T/B/x" }, "url"],
      [{ channel: "email", to: [UserId.make("bo")], format: "pdf", url: "https://a.example/" }, "url"],
      [{ channel: "email", to: [UserId.make("bo")] }, "format"],
      [{ channel: "email", format: "pdf" }, "to"]
    ] as const
  )("a request with %j is refused, and names %s", ([request, path]) =>
    withServer(() =>
      Effect.gen(function*() {
        const { reportId } = yield* subscribed(ana, ["ana"], layout, set)
        const { create } = yield* Subscriptions
        const refused = yield* Effect.flip(create(ana, reportId, { every: "day", at: "07:00", ...request }))
        assert.deepStrictEqual(refused._tag === "InvalidRequest" && refused.issues.map((issue) => issue.path), [path])
      })
    ))
})
