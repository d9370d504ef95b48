import { Effect, Layer } from "effect"
import type { Unreachable } from "../../src/domain/Unavailable.ts"
import type { Plan } from "../../src/query/Plan.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import type { Reader } from "../../src/services/run/Reader.ts"

const records: Reader["records"] = () => Effect.die("this source has no records")

/** Makes a source that returns these rows. */
export const sourceThat = (rows: Reader["rows"]) =>
  Layer.succeed(MetricSource, {
    open: () => Effect.succeed({ rows, records }),
    snapshot: (_organizationId, work) => work({ rows, records }),
    accessVersion: () => undefined,
    look: () => Effect.undefined
  })

/** Calls `check` with every plan and the rows that the source returned for it. */
export const refereed = <E, R>(
  source: Layer.Layer<MetricSource, E, R>,
  check: (plan: Plan, rows: Effect.Success<ReturnType<Reader["rows"]>>) => Effect.Effect<void, Unreachable>
) =>
  Layer.effect(
    MetricSource,
    Effect.gen(function*() {
      const inner = yield* Effect.provide(Effect.service(MetricSource), source)
      const observed = (reader: Reader): Reader => ({
        ...reader,
        rows: (plan) => Effect.tap(reader.rows(plan), (rows) => check(plan, rows))
      })
      return {
        open: (scope, check) => Effect.map(inner.open(scope, check), observed),
        snapshot: (organizationId, work) => inner.snapshot(organizationId, (reader) => work(observed(reader))),
        accessVersion: inner.accessVersion,
        look: inner.look
      }
    })
  )
