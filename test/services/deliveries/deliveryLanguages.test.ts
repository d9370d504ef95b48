import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import { mails as germanMails } from "../../../src/languages/compiled/de/mails.ts"
import { mails as spanishMails } from "../../../src/languages/compiled/es/mails.ts"
import { Subscriptions } from "../../../src/services/deliveries/Subscriptions.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { demoTables } from "../../../src/testing/demoTables.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { alerting, alertScene, closed, deliverDays, newestMail } from "../../support/alertScene.ts"
import { deliverAt, subscribed } from "../../support/deliveries.ts"
import { ana, everyone, mailTo, minute, scene, set, seven } from "../../support/deliveryScene.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp } from "../../support/WebApp.ts"
import { withServer } from "../../support/webhookScene.ts"
import { json } from "../../support/webhookServer.ts"

const widget = { chart: "stat", x: 0, y: 0, w: 6, h: 4 }
const layout = {
  widgets: [
    { ...widget, instanceId: "won", metricId: "deals.avg_value" },
    { ...widget, instanceId: "by", metricId: "leads.by_source", chart: "bar", x: 6 },
    { ...widget, instanceId: "days", metricId: "deals.won_value_over_time", chart: "line", y: 4 }
  ]
}
const title = "Sales & more"

/** The words that only English sentences of mails have. */
const english = /\b(the|this|with|your|rights|counted|open|attached|numbers?|more rows?|as of|records|test:)\b/i

const cases = [
  ["de-AT", germanMails, /Stand: 11\. Okt\. 2026/, /Durchschnittlicher gewonnener Deal: €\s1\.125\n/],
  ["es", spanishMails, /A fecha de 11 oct 2026/, /Operación ganada media: 1125\s€\n/]
] as const

describe("the messages of a subscription", () => {
  it.live.each(cases)(
    "mails in %s have their subject, sentences, numbers, dates, names of charts, and file in the language",
    ([locale, t, asOf, amount]) =>
      scene((server) =>
        Effect.gen(function*() {
          const { id } = yield* subscribed(ana, ["ana"], layout, set, { ...everyone, locale })
          yield* deliverAt(seven(11))
          const { attachments, html, text } = yield* mailTo(server, "ana")
          assert.match(String(text), asOf)
          assert.match(String(text), amount)
          assert.include(text, t.openReportAt({ url: "https://reports.example.com/app/#/reports/" }))
          assert.include(text, t.moreRowsInFile({ count: 6 }))
          assert.include(text, t.endMails())
          assert.include(html, `<html lang="${locale}"`)
          assert.include(html, `aria-label="${t.numbers()}"`)
          assert.strictEqual(attachments[0]?.filename, t.pictureFile())
          const words = String(html).replaceAll(/<style>.*?<\/style>/gs, "").replaceAll(title, "")
          const alt = /alt="([^"]+)"/.exec(words)?.[1]
          assert.isDefined(alt)
          for (const shown of [alt, String(text), words.replaceAll(/<[^>]*>/g, " ")]) {
            assert.notMatch(shown.replaceAll(title, "").replaceAll(/https:\S+/g, ""), english)
          }
          yield* (yield* SubscriptionRepo).test(ana, id, DateTime.makeUnsafe(seven(12) - minute))
          yield* deliverAt(seven(12) - minute)
          assert.strictEqual((yield* mailTo(server, "ana")).subject, t.test({ title }))
        })
      )
  )

  it.live.each(cases)(
    "an alert in %s names its card, its figure, and the threshold in the language",
    ([locale, t]) =>
      alertScene({ deals: closed("ana", { status: "won" }, { status: "lost" }) }, (server) =>
        Effect.gen(function*() {
          yield* alerting(ana, ["ana"], { instanceId: "rate", of: "value", below: 40.5 }, { locale })
          assert.deepStrictEqual(yield* deliverDays(server, 2), ["", "ana"])
          const label = locale === "es" ? "Tasa de éxito" : "Abschlussquote"
          const [figure, threshold] = ["0\u00A0%", "40,5\u00A0%"]
          const line = t.alertValue({ label, figure, side: "below", threshold })
          const found = yield* newestMail(server)
          assert.strictEqual(found?.line, line)
          assert.strictEqual(found?.subject, `${line} · ${title}`.replaceAll("\u00A0", " "))
        }))
  )

  it.live("a message of Slack has the language of the subscription, which a change can set", () =>
    withServer((server) =>
      Effect.gen(function*() {
        const slack = { channel: "slack", url: server.url, format: "link", ...everyone } as const
        const { id, locale } = yield* subscribed(ana, undefined, layout, set, slack)
        const { update } = yield* Subscriptions
        assert.strictEqual(locale, "en")
        yield* update(ana, id, { locale: "es" }).pipe(fixedClock(set))
        assert.strictEqual((yield* update(ana, id, { every: "day" }).pipe(fixedClock(set))).locale, "es")
        yield* deliverAt(seven(11))
        const [post] = server.posts
        if (post === undefined) return assert.fail("no message")
        const text: string = json(post).blocks.map((block: { readonly text: { readonly text: string } }) =>
          block.text.text
        ).join("\n")
        assert.include(text, `|${spanishMails.openReport()}>`)
        assert.match(text, /Operación ganada media: 1125\s€\n/)
        assert.include(text, "con los permisos de la persona que creó la suscripción.")
        assert.notMatch(text.replaceAll("Sales &amp; more", "").replaceAll(/https:\S+/g, ""), english)
      })
    ))

  it("a new subscription has the language that it names, or else that of its request", async () => {
    const app = openWebApp(demoTables({ leads: 1, now: new Date(set) }), { now: new Date(set) })
    const bea = caller("member", "user_bea", "org_demo")
    const body = { title: "Own", layout: { widgets: [{ instanceId: "a", metricId: "leads.total", chart: "stat" }] } }
    const { id } = (await app.call(bea, "POST /crm-reports", body)).json
    const weekly = { every: "week", at: "07:00", to: ["user_bea"], channel: "email", format: "pdf" }
    const made = async (more: object, language: string) => {
      const headers = { "accept-language": language }
      const answer = await app.call(
        bea,
        `POST /crm-reports/${String(id)}/subscriptions`,
        { ...weekly, ...more },
        headers
      )
      return answer.json["locale"] ?? answer.status
    }
    assert.strictEqual(await made({}, "fr, es-MX;q=0.5"), "es-MX")
    assert.strictEqual(await made({ locale: "de-AT" }, "es"), "de-AT")
    assert.strictEqual(await made({}, "fr"), "en")
    assert.strictEqual(await made({ locale: "no locale" }, "es"), 400)
    await app.close()
  })
})
