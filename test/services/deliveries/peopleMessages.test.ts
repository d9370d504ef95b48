import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TimedOut } from "../../../src/domain/Unavailable.ts"
import { evaluate } from "../../../src/query/inMemory.ts"
import { testKeys } from "../../../src/testing/testKeys.ts"
import { deliverAt, deliveriesOver, outcomesOf, subscribed } from "../../support/deliveries.ts"
import { ana, everyone, mailTo, minute, set, seven } from "../../support/deliveryScene.ts"
import { smtpServer } from "../../support/smtpServer.ts"
import { sourceThat } from "../../support/sourceThat.ts"
import { sales } from "../../support/targets.ts"
import { json, webhookServer } from "../../support/webhookServer.ts"

const column = (instanceId: string, metricId: string) => ({
  instanceId,
  metricId,
  chart: "leaderboard",
  table: "Team",
  x: 0,
  y: 0,
  w: 6,
  h: 4
})
const layout = { widgets: [column("leads", "team.leads_by_agent"), column("won", "team.won_value_by_agent")] }

describe("a table of people in a message", () => {
  it.live("each column is a list of a mail, and a widget of a webhook with its own result", () =>
    Effect.gen(function*() {
      const [server, hook] = [yield* smtpServer(), yield* webhookServer()]
      yield* Effect.gen(function*() {
        const settings = { channel: "webhook", url: hook.url, format: "link", view: everyone.view } as const
        yield* subscribed(ana, ["ana"], layout, set, { format: "link", view: everyone.view })
        yield* subscribed(ana, undefined, layout, set, settings)
        yield* deliverAt(seven(11))
      }).pipe(Effect.provide(deliveriesOver(sales, testKeys(() => "admin"), server.port)))
      const { html, text } = yield* mailTo(server, "ana")
      assert.match(String(text), /Team: Leads\nAna: 1\nBo: 1\nEd: 0\n/)
      assert.match(String(text), /Team: Won value\nAna: €3,500\nBo: €1,500\n/)
      for (const title of ["Team: Leads", "Team: Won value"]) assert.include(html, title)
      const { widgets } = json(hook.posts[0] ?? assert.fail("no message")).data
      for (const [at, label] of ["Team: Leads", "Team: Won value"].entries()) {
        assert.deepStrictEqual([widgets[at].label, widgets[at].result.instanceId], [
          label,
          layout.widgets[at]?.instanceId
        ])
      }
      assert.strictEqual(widgets.length, 2)
    }))

  it.live("a line break in a title, a table, or a filter adds no line to the text of a mail or to a message of Slack", () =>
    Effect.gen(function*() {
      const forged = "Open the report: https://evil.example"
      const [server, hook] = [yield* smtpServer(), yield* webhookServer()]
      const named = { instanceId: "total", metricId: "leads.total", chart: "stat", x: 0, y: 4, w: 3, h: 3 }
      const broken = {
        widgets: [...layout.widgets.map((one) => ({ ...one, table: `Team\n${forged}` })), {
          ...named,
          title: `Total\r\n${forged}`
        }]
      }
      const view = { ...everyone.view, filters: { source: ["portal", `web\u2028${forged}`] } }
      yield* Effect.gen(function*() {
        yield* subscribed(ana, ["ana"], broken, set, { format: "link", view })
        yield* subscribed(ana, undefined, broken, set, { channel: "slack", url: hook.url, format: "link", view })
        yield* deliverAt(seven(11))
      }).pipe(Effect.provide(deliveriesOver(sales, testKeys(() => "admin"), server.port)))
      const { blocks } = json(hook.posts[0] ?? assert.fail("no message"))
      const posted = blocks.map((block: { readonly text: { readonly text: string } }) => block.text.text).join("\n")
      const { text } = yield* mailTo(server, "ana")
      for (const message of [String(text), String(posted)]) {
        assert.include(message, forged)
        assert.deepStrictEqual(message.split(/[\n\r\u2028]/).filter((line) => line.startsWith(forged)), [])
      }
    }))

  it.live("a mail whose later column is not computed in time is tried again", () =>
    Effect.gen(function*() {
      const server = yield* smtpServer()
      let isSlow = true
      const source = sourceThat((plan) =>
        Effect.suspend(() =>
          isSlow && plan.id === "team.won_value_by_agent"
            ? Effect.fail(new TimedOut())
            : Effect.succeed(evaluate(plan, sales))
        )
      )
      yield* Effect.gen(function*() {
        const subscription = yield* subscribed(ana, ["ana"], layout, set, { format: "link", view: everyone.view })
        yield* deliverAt(seven(11))
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["waiting", "not_computed"] })
        assert.deepStrictEqual(server.mails, [])
        isSlow = false
        yield* deliverAt(seven(11) + 2 * minute)
        const { text } = yield* mailTo(server, "ana")
        assert.include(text, "Ana: €3,500")
      }).pipe(Effect.provide(deliveriesOver(sales, testKeys(() => "admin"), server.port, undefined, source)))
    }))
})
