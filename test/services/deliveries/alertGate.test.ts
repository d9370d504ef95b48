import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { Alert } from "../../../src/domain/Alert.ts"
import { metricsById } from "../../../src/metrics/all.ts"
import { Alerts } from "../../../src/services/deliveries/Alerts.ts"
import { ApiKeys } from "../../../src/services/keys/ApiKeys.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { gateCases, yearOf } from "../../proof/gateCases.ts"
import { deliveriesOver } from "../../support/deliveries.ts"
import { now } from "../../support/randomTables.ts"

const noKeys = Layer.mock(ApiKeys, {})

it.live.each(gateCases)(
  "rows outside the scope change no judgement of an alert to a $caller.role",
  (question) => {
    const { caller } = question
    const { widgets: all, timeframe, ...selection } = yearOf(question, 1)
    const widgets = all.filter(({ metricId }) => metricsById.get(metricId)?.shape === "stat")
    const alerts = widgets.flatMap(({ instanceId }): ReadonlyArray<Alert> => [
      { instanceId, of: "value", above: 1, currency: "EUR" },
      { instanceId, of: "deltaPct", below: 0 }
    ])
    const judgedOver = (tables: typeof question.tables) =>
      Effect.gen(function*() {
        const report = yield* (yield* ReportRepo).create(caller, { title: "Saved", layout: { widgets } })
        const { judge } = yield* Alerts
        const view = { ...selection, ...(timeframe && { timeframe }) }
        return yield* Effect.forEach(alerts, (when) => {
          const order = {
            reportId: report.id,
            channel: "email",
            format: "link",
            linkKey: "",
            locale: "en",
            paused: false,
            url: null
          } as const
          return judge(caller, { ...order, view, when, recipient: undefined }, when).pipe(fixedClock(now))
        })
      }).pipe(Effect.provide(deliveriesOver(tables, noKeys, 1)))
    return Effect.gen(function*() {
      const [found = [], alone, among] = yield* Effect.all(
        [question.tables, question.visible, question.among].map(judgedOver)
      )
      assert.isAtLeast(found.filter(({ verdict }) => verdict === "crossed").length, 3)
      assert.deepStrictEqual(alone, found)
      assert.deepStrictEqual(among, found)
    })
  }
)
