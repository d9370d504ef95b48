import { assert, it } from "@effect/vitest"
import { DateTime, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { SqlFailures } from "../../../src/services/database/statements.ts"
import { Alerts } from "../../../src/services/deliveries/Alerts.ts"
import { ChangedAlerts } from "../../../src/services/deliveries/ChangedAlerts.ts"
import { enableCapture } from "../../../src/services/replica/changeLog.ts"
import { changeLook } from "../../../src/services/replica/changeLook.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { testKeys } from "../../../src/testing/testKeys.ts"
import { layout } from "../../conformance/people.ts"
import { due, ids, termsDue } from "../../conformance/subscriptionScene.ts"
import { inDatabase, insertedLead, run } from "../../support/captured.ts"
import { admin } from "../../support/counted.ts"

const logged = Layer.effect(
  MetricSource,
  Effect.map(changeLook, (look) => ({
    look,
    accessVersion: () => undefined,
    open: () => Effect.die("no rows"),
    snapshot: () => Effect.die("no rows")
  } satisfies MetricSource["Service"]))
)

/** Returns the organizations whose alert was judged. Each call of a process is a minute later. */
const processes = (judged: Array<string>) => {
  let minutes = 0
  const alerts = Layer.mock(Alerts, {
    judge: ({ organizationId }) =>
      Effect.sync(() => {
        judged.push(organizationId)
        return { verdict: "not_crossed", state: undefined, label: "", unit: "count", figure: 1 } as const
      })
  })
  return Effect.map(
    Layer.build(Layer.fresh(Layer.provide(ChangedAlerts.layer, [alerts, logged, testKeys(), Admission.unlimited]))),
    (context) =>
      Effect.suspend(() => {
        minutes += 1
        const now = DateTime.toEpochMillis(DateTime.add(due, { minutes }))
        return Effect.provide(ChangedAlerts.use(({ judge }) => judge), context).pipe(fixedClock(now))
      })
  )
}

it.live("alerts are judged after commits of their organization, and a restart forgets no commit", () =>
  inDatabase(() =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const report = yield* (yield* ReportRepo).create(admin, { title: "Saved", layout })
      const when = { instanceId: "a", of: "value", above: 1 } as const
      yield* (yield* SubscriptionRepo).create(admin, report.id, { ...termsDue, when }, ids("ana"))
      const judged: Array<string> = []
      const count = () => judged.length
      const start = processes(judged)
      const first = yield* start
      yield* first
      assert.strictEqual(count(), 0, "there is no change log")
      yield* enableCapture
      yield* first
      assert.deepStrictEqual(judged, ["org"])
      const written = sql`SELECT xmin::text, looked FROM crm_report_alert_looks`
      const before = yield* written
      yield* first
      yield* run([insertedLead.replace("'org'", "'other'")])
      yield* first
      assert.deepStrictEqual([count(), yield* written], [1, before])
      yield* run([insertedLead])
      yield* first
      assert.strictEqual(count(), 2)
      const second = yield* start
      yield* second
      assert.strictEqual(count(), 2)
      yield* run([insertedLead])
      yield* second
      yield* first
      assert.strictEqual(count(), 3)
      yield* run([insertedLead])
      const third = yield* start
      yield* third
      assert.strictEqual(count(), 4)
    }).pipe(
      Effect.provide(
        Layer.mergeAll(ReportRepo.layerSql, SubscriptionRepo.layerSql).pipe(
          Layer.provideMerge(Layer.fresh(SqlFailures.layer)),
          Layer.provideMerge(Admission.unlimited)
        )
      )
    )
  ))
