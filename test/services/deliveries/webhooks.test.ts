import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Subscriptions } from "../../../src/services/deliveries/Subscriptions.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { refusalOf } from "../../conformance/refusalOf.ts"
import { deliverAt, outcomesOf, subscribed } from "../../support/deliveries.ts"
import { ana, bo, everyone, layout, minute, set, seven } from "../../support/deliveryScene.ts"
import { october } from "../../support/targets.ts"
import { posted, withServer, wonIn } from "../../support/webhookScene.ts"
import { json, signatureOf } from "../../support/webhookServer.ts"

describe("webhooks", () => {
  it.live("a message has the results of the creator's run, and a signature that its receiver computes", () =>
    withServer((server) =>
      Effect.gen(function*() {
        const subscription = yield* posted(ana, server.url)
        const { id, reportId, secret, to } = subscription
        assert.deepStrictEqual(to.map(({ userId }) => String(userId)), ["ana"])
        assert.strictEqual(subscription.host, `127.0.0.1:${server.port}`)
        yield* deliverAt(seven(11))
        const [post, ...others] = server.posts
        if (post === undefined || secret === null) return assert.fail("no message, or no secret")
        assert.deepStrictEqual(others, [])
        assert.strictEqual(post.path, "/hook")
        assert.strictEqual(post.headers["content-type"], "application/json")
        assert.strictEqual(post.headers["webhook-timestamp"], String(seven(11) / 1_000))
        assert.strictEqual(post.headers["webhook-signature"], yield* Effect.promise(() => signatureOf(secret, post)))
        const results = yield* (yield* MetricRunner).runInBackground(ana, { ...everyone.view, widgets: layout.widgets })
          .pipe(fixedClock(seven(11)))
        assert.deepStrictEqual(json(post), {
          type: "report.delivered",
          timestamp: "2026-10-11T05:00:00.000Z",
          data: {
            subscriptionId: id,
            isTest: false,
            report: {
              id: reportId,
              title: "Sales & more",
              url: `https://reports.example.com/app/#/reports/${reportId}`
            },
            alert: null,
            notice: "",
            widgets: ["Total new leads", "Leads by source"].map((label, at) => ({ label, result: results[at] }))
          }
        })
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["sent", null] })
      })
    ))

  it.live("each subscription has its own secret, which is shown only when it is made", () =>
    withServer((server) =>
      Effect.gen(function*() {
        const one = yield* posted(ana, server.url)
        const other = yield* posted(ana, server.url)
        assert.match(String(one.secret), /^whsec_[\w+/]{43}=$/)
        assert.notStrictEqual(one.secret, other.secret)
        const mail = yield* subscribed(ana, ["ana"], layout, set)
        assert.deepStrictEqual([mail.secret, mail.host], [null, null])
        const found = yield* (yield* SubscriptionRepo).find(ana, one.id)
        assert.notProperty(found, "secret")
        assert.notInclude(JSON.stringify(found), "/hook")
      })
    ))

  it.live("a message has the numbers of its creator's role at that time, and ends with the membership", () =>
    withServer((server, roles) =>
      Effect.gen(function*() {
        const subscription = yield* posted(ana, server.url)
        yield* posted(bo, server.url)
        yield* deliverAt(seven(11))
        assert.sameMembers(server.posts.map(({ body }) => wonIn(body)), ["2", "1"])
        roles.set("ana", "member")
        yield* deliverAt(seven(12))
        assert.deepStrictEqual(server.posts.slice(2).map(({ body }) => wonIn(body)), ["1", "1"])
        roles.delete("ana")
        yield* deliverAt(seven(13))
        assert.strictEqual(server.posts.length, 5)
        assert.deepStrictEqual(yield* outcomesOf({ ...ana, role: "member" }, subscription), {
          ana: ["skipped", "not_a_member"]
        })
      })
    ))

  it.live("a message ends when its creator may no longer read the report", () =>
    withServer((server) =>
      Effect.gen(function*() {
        const { id, reportId } = yield* posted(ana, server.url)
        const other = yield* (yield* Subscriptions).create(bo, reportId, {
          every: "day",
          at: "07:00",
          timeZone: "Europe/Madrid",
          channel: "webhook",
          url: server.url
        }).pipe(fixedClock(set))
        yield* (yield* ReportRepo).update(ana, reportId, { visibility: "private" }, undefined)
        yield* deliverAt(seven(11))
        assert.strictEqual(server.posts.length, 1)
        assert.deepStrictEqual(json(server.posts[0] ?? assert.fail("no message")).data.subscriptionId, id)
        assert.deepStrictEqual(yield* outcomesOf(ana, other), { bo: ["skipped", "report_not_readable"] })
      })
    ))

  it.live("a test by the owner of the report goes to the url, with the numbers of the creator", () =>
    withServer((server) =>
      Effect.gen(function*() {
        const { reportId } = yield* posted(bo, server.url)
        const { id } = yield* (yield* Subscriptions).create(ana, reportId, {
          every: "month",
          at: "07:00",
          channel: "webhook",
          url: `${server.url}?ana`,
          view: everyone.view
        }).pipe(fixedClock(set))
        yield* (yield* SubscriptionRepo).test(bo, id, (yield* (yield* SubscriptionRepo).find(bo, id)).createdAt)
        yield* deliverAt(set + minute)
        const [post] = server.posts
        if (post === undefined) return assert.fail("no message")
        assert.deepStrictEqual([post.path, wonIn(post.body), json(post).data.isTest], ["/hook?ana", "2", true])
      })
    ))

  it.live("only its creator changes a subscription of a webhook, and others may delete it", () =>
    withServer((server) =>
      Effect.gen(function*() {
        const { reportId } = yield* posted(bo, server.url)
        const { create, update } = yield* Subscriptions
        const request = { every: "day", at: "07:00", channel: "webhook", url: server.url } as const
        const { id } = yield* create(ana, reportId, request).pipe(fixedClock(set))
        const url = "https://eve.example/"
        assert.strictEqual(yield* refusalOf(update(bo, id, { url })), "SubscriptionNotYours")
        assert.strictEqual(yield* refusalOf(update(bo, id, { view: everyone.view })), "SubscriptionNotYours")
        const own = yield* create(bo, reportId, request).pipe(fixedClock(set))
        assert.strictEqual(yield* refusalOf(update(ana, own.id, { url })), "SubscriptionNotYours")
        assert.strictEqual((yield* update(ana, id, { url })).host, "eve.example")
        yield* (yield* SubscriptionRepo).remove(bo, id)
      })
    ))

  it.live("a message of Slack has the numbers of its creator as text, and notifies nobody", () =>
    withServer((server) =>
      Effect.gen(function*() {
        const reports = yield* ReportRepo
        const { id } = yield* reports.create(ana, { title: "<!channel> & more", visibility: "private", layout })
        yield* (yield* Subscriptions).create(ana, id, {
          every: "day",
          at: "07:00",
          timeZone: "Europe/Madrid",
          channel: "slack",
          url: server.url,
          view: { everyone: true, timeframe: october }
        }).pipe(fixedClock(set))
        yield* deliverAt(seven(11))
        const [post] = server.posts
        if (post === undefined) return assert.fail("no message")
        const { blocks, text } = json(post)
        assert.strictEqual(text, "&lt;!channel&gt; &amp; more")
        assert.strictEqual(blocks[0].text.text, "*&lt;!channel&gt; &amp; more*")
        assert.match(blocks[1].text.text, /\nTotal new leads: 2\b/)
        assert.notMatch(blocks[1].text.text, /\n{3}/)
        assert.include(blocks.at(-1).text.text, `<https://reports.example.com/app/#/reports/${id}|Open the report>`)
        assert.notProperty(post.headers, "webhook-signature")
      })
    ))
})
