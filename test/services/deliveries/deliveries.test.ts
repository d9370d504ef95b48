import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import { createServer, type Server } from "node:http"
import { Documents } from "../../../src/documents/Documents.ts"
import { Delivering } from "../../../src/services/deliveries/Delivering.ts"
import { Subscriptions } from "../../../src/services/deliveries/Subscriptions.ts"
import { Exporting } from "../../../src/services/export/Exporting.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { refusalOf } from "../../conformance/refusalOf.ts"
import { deliverAt, outcomesOf, subscribed } from "../../support/deliveries.ts"
import { ana, bo, everyone, layout, mailTo, minute, scene, set, seven } from "../../support/deliveryScene.ts"
import { parsed } from "../../support/smtpServer.ts"
import { october } from "../../support/targets.ts"

describe("the mails of a subscription", () => {
  it.live("an admin's mail has the numbers of the chosen people, and a member's mail only own numbers, each with the own export", () =>
    scene((server) =>
      Effect.gen(function*() {
        const subscription = yield* subscribed(ana, ["ana", "bo"], layout, set, everyone)
        yield* deliverAt(seven(11))
        assert.sameMembers(server.mails.map(({ to }) => to), ["ana@org.invalid", "bo@org.invalid"])
        for (const [reader, won] of [[ana, "2"], [bo, "1"]] as const) {
          const { attachments, headers, html, subject, text } = yield* mailTo(server, reader.userId)
          assert.strictEqual(subject, "Sales & more")
          assert.include(text, `Total new leads: ${won}`)
          assert.include(html, `>${won}<`)
          const [picture, file] = attachments
          assert.deepInclude(picture, { contentType: "image/png", related: true })
          assert.include(html, `src="cid:${picture?.cid}"`)
          assert.include(html, `Total new leads: ${won}`)
          const own = yield* (yield* Exporting).report(reader, subscription.reportId, everyone.view, { format: "csv" })
            .pipe(
              fixedClock(seven(11))
            )
          assert.isTrue(file?.content.equals(own.bytes))
          assert.strictEqual(file?.filename, "Sales & more 2026-10-11.csv")
          assert.match(String(server.mails[0]?.raw), /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
          assert.isDefined(headers.get("auto-submitted"))
        }
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["sent", null], bo: ["sent", null] })
      }), Documents.layer))

  it.live("the next mail of a demoted admin has only own numbers", () =>
    scene((server, roles) =>
      Effect.gen(function*() {
        yield* subscribed(bo, ["ana"], layout, set, { view: { timeframe: october } })
        const other = yield* subscribed(ana, ["ana"], layout, set, everyone)
        yield* deliverAt(seven(11))
        roles.set("ana", "member")
        yield* deliverAt(seven(12))
        const texts = yield* Effect.forEach(server.mails, parsed)
        const won = texts.map(({ text }) => /Total new leads: (\S+)/.exec(text ?? "")?.[1])
        assert.sameMembers(won.slice(0, 2), ["1", "2"])
        assert.deepStrictEqual(won.slice(2), ["1", "1"])
        assert.strictEqual((yield* outcomesOf({ ...ana, role: "member" }, other))["ana"]?.[0], "sent")
      })
    ))

  it.live("a person who left, or may no longer read the report, gets nothing", () =>
    scene((server, roles) =>
      Effect.gen(function*() {
        const subscription = yield* subscribed(ana, ["ana", "bo", "ed"], layout, set, { format: "link" })
        roles.delete("bo")
        const reports = yield* ReportRepo
        yield* reports.update(ana, subscription.reportId, { visibility: "private" }, undefined)
        yield* deliverAt(seven(11))
        assert.deepStrictEqual(server.mails.map(({ to }) => to), ["ana@org.invalid"])
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), {
          ana: ["sent", null],
          bo: ["skipped", "not_a_member"],
          ed: ["skipped", "report_not_readable"]
        })
      })
    ))

  it.live("a test goes to the caller only, at once, even if the caller is no recipient", () =>
    scene((server) =>
      Effect.gen(function*() {
        const subscription = yield* subscribed(ana, ["bo"], layout, set, { format: "link" })
        yield* (yield* SubscriptionRepo).test(ana, subscription.id, subscription.createdAt)
        yield* deliverAt(set + minute)
        assert.strictEqual((yield* mailTo(server, "ana")).subject, "Test: Sales & more")
        assert.strictEqual(server.mails.length, 1)
      })
    ))

  it.live("the link in a mail ends the mails to its recipient only", () =>
    scene((server) =>
      Effect.gen(function*() {
        yield* subscribed(ana, ["ana", "bo"], layout, set, { format: "link" })
        yield* deliverAt(seven(11))
        const { text } = yield* mailTo(server, "bo")
        const [, organizationId, subscriptionId, userId, signature] =
          /unsubscribe\/([^/]+)\/([^/]+)\/([^/]+)\/(\S+)/.exec(text ?? "") ?? []
        const link = { organizationId, subscriptionId, userId, signature }
        const { end } = yield* Subscriptions
        assert.isUndefined(yield* end({ ...link, userId: Buffer.from("ana").toString("base64url") }))
        assert.strictEqual(yield* end(link), "en")
        yield* deliverAt(seven(12))
        assert.sameMembers(server.mails.map(({ to }) => to), ["ana@org.invalid", "ana@org.invalid", "bo@org.invalid"])
      })
    ))

  it.live("a time due that is six hours late is skipped, and of several only the last is sent", () =>
    scene((server) =>
      Effect.gen(function*() {
        const subscription = yield* subscribed(ana, ["ana"], layout, set, { format: "link" })
        yield* deliverAt(seven(11) + 7 * 60 * minute)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["skipped", "too_late"] })
        yield* deliverAt(seven(15) + minute)
        assert.strictEqual(server.mails.length, 1)
      })
    ))

  it.live("while a subscription is paused it sends only tests, and then goes on at the next time due", () =>
    scene((server) =>
      Effect.gen(function*() {
        const { makeDue } = yield* Delivering
        const { update } = yield* Subscriptions
        const { id } = yield* subscribed(ana, ["bo"], layout, set, { format: "link" })
        yield* makeDue.pipe(fixedClock(seven(11)))
        const paused = yield* update(ana, id, { paused: true })
        yield* deliverAt(seven(11))
        assert.deepStrictEqual(yield* outcomesOf(ana, paused), { bo: ["skipped", "paused"] })
        yield* deliverAt(seven(12))
        assert.strictEqual(server.mails.length, 0)
        yield* (yield* SubscriptionRepo).test(ana, id, paused.createdAt)
        yield* deliverAt(set + minute)
        assert.deepStrictEqual(server.mails.map(({ to }) => to), ["ana@org.invalid"])
        const { nextAt } = yield* update(ana, id, { paused: false }).pipe(fixedClock(seven(14) + minute))
        assert.strictEqual(DateTime.toEpochMillis(nextAt), seven(15))
        yield* deliverAt(seven(15))
        assert.deepStrictEqual(server.mails.map(({ to }) => to), ["ana@org.invalid", "bo@org.invalid"])
      })
    ))

  it.live("a url that refuses five messages is paused, and only the creator of the subscription resumes it", () =>
    scene(() =>
      Effect.gen(function*() {
        const { update } = yield* Subscriptions
        let answer = 404
        const server = yield* Effect.acquireRelease(
          Effect.callback<Server>((resume) => {
            const made = createServer((request, response) => request.resume() && response.writeHead(answer).end())
            made.listen(0, "127.0.0.1", () => resume(Effect.succeed(made)))
          }),
          (made) => Effect.sync(() => made.close())
        )
        const address = server.address()
        const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`
        const request = { every: "day", at: "07:00", timeZone: "Europe/Madrid", channel: "webhook", url } as const
        const report = yield* (yield* ReportRepo).create(bo, { title: "Posted", visibility: "organization", layout })
        const { id } = yield* (yield* Subscriptions).create(bo, report.id, request).pipe(fixedClock(set))
        for (let day = 11; day < 17; day++) yield* deliverAt(seven(day))
        const stateOf = Effect.map((yield* SubscriptionRepo).find(bo, id), ({ to }) => to[0])
        assert.deepInclude(yield* stateOf, { failures: 5, pausedAt: DateTime.makeUnsafe(seven(15)) })
        assert.strictEqual(yield* refusalOf(update(ana, id, { paused: false })), "SubscriptionNotYours")
        answer = 204
        yield* update(bo, id, { paused: false })
        assert.deepInclude(yield* stateOf, { failures: 0, pausedAt: null })
        yield* deliverAt(seven(18))
        assert.deepInclude((yield* stateOf)?.last, { state: "sent", attempts: 1 })
      })
    ))

  it.live("only members of the organization can be recipients, and nobody is one twice", () =>
    scene(() =>
      Effect.gen(function*() {
        assert.strictEqual(yield* refusalOf(subscribed(ana, ["ana", "zoe"], layout, set)), "InvalidRequest")
        const { to } = yield* subscribed(ana, ["ana", "ana"], layout, set)
        assert.strictEqual(to.length, 1)
      })
    ))
})
