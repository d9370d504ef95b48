import { assert, it } from "@effect/vitest"
import { Effect, Layer, Option } from "effect"
import { CurrentCaller } from "../../../src/domain/Caller.ts"
import { Alerts } from "../../../src/services/deliveries/Alerts.ts"
import { ChangedAlerts } from "../../../src/services/deliveries/ChangedAlerts.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { alerting, newLeads } from "../../support/alertScene.ts"
import { changingScene } from "../../support/changingScene.ts"
import { outcomesOf } from "../../support/deliveries.ts"
import { ana, minute, seven } from "../../support/deliveryScene.ts"
import { logInto } from "../../support/logInto.ts"

const above2 = { instanceId: "new", of: "value", above: 2 } as const

it.live("an alert that fails after a change waits in a delivery, and the others are judged for their callers", () =>
  changingScene((_server, { change }) =>
    Effect.gen(function*() {
      const lines: Array<string> = []
      const callers: Array<unknown> = []
      const failing = Layer.mock(Alerts, {
        judge: (reader) =>
          Effect.gen(function*() {
            const current = yield* Effect.serviceOption(CurrentCaller)
            callers.push([reader.userId, Option.getOrUndefined(current)])
            if (reader.userId === "ana") return yield* Effect.die(new Error("a defect"))
            return { verdict: "crossed", state: undefined, label: "", unit: "count", figure: 3 } as const
          })
      })
      const subscription = yield* alerting(ana, ["ana", "bo"], above2)
      const context = yield* Layer.build(Layer.fresh(Layer.provide(ChangedAlerts.layer, failing)))
      const pass = (minutes: number) =>
        ChangedAlerts.use(({ judge }) => judge).pipe(
          Effect.provide(context),
          Effect.provide(logInto(lines)),
          fixedClock(seven(11) + minutes * minute)
        )
      change(newLeads("bo", 3))
      yield* pass(1)
      const { organizationId } = ana
      assert.deepStrictEqual(callers, [
        ["ana", { organizationId, userId: "ana", role: "admin" }],
        ["bo", { organizationId, userId: "bo", role: "member" }]
      ])
      assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["waiting", null], bo: ["waiting", null] })
      const [line = "", ...more] = lines.filter((each) => each.includes("an alert failed"))
      assert.deepStrictEqual(more, [])
      assert.include(line, `subscriptionId=${subscription.id}`)
      yield* pass(2)
      assert.strictEqual(callers.length, 2)
    })
  ))
