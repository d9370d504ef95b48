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
