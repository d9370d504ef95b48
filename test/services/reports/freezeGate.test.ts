import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { lastDue } from "../../../src/domain/dueTimes.ts"
import { testKeys } from "../../../src/testing/testKeys.ts"
import { gateCases, yearOf } from "../../proof/gateCases.ts"
import { daily, freezeAt, freezeSchedulesOver, scheduledReport, snapshotsOf } from "../../support/freezeSchedules.ts"
import { now as timeOfTables } from "../../support/randomTables.ts"

it.effect.each(gateCases)(
  "rows outside the scope change nothing in a scheduled snapshot of the $caller.role",
  (question) =>
    Effect.gen(function*() {
      const { caller } = question
      const { widgets, timeframe, ...selection } = yearOf(question, 5)
      const view = { ...selection, ...(timeframe && { timeframe }) }
      const before = timeOfTables - 2 * 86_400_000
      const frozen = (tables: typeof question.tables) =>
        Effect.gen(function*() {
          const id = yield* scheduledReport(caller, { widgets }, before, { ...daily, view })
          yield* freezeAt(lastDue({ ...daily, timeZone: "Europe/Madrid", weekStart: 1 }, timeOfTables))
          const [snapshot] = yield* snapshotsOf(caller, id)
          return snapshot?.series
        }).pipe(Effect.provide(freezeSchedulesOver(tables, testKeys(() => caller.role))))
      const [found, alone, among] = yield* Effect.all([question.tables, question.visible, question.among].map(frozen))
      assert.isAbove(found?.length ?? 0, 5)
      assert.deepStrictEqual(alone, found)
      assert.deepStrictEqual(among, found)
    })
)
