import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit, Fiber, Layer, Metric } from "effect"
import { TestClock } from "effect/testing"
import { OrgId } from "../../../src/domain/Ids.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { withDeadline } from "../../../src/services/admission/withDeadline.ts"
import { makeReplicaLoader } from "../../../src/services/replica/ReplicaLoader.ts"
import { makeReplicaPool } from "../../../src/services/replica/ReplicaPool.ts"
import { filesUnfinished, liveStreams, runsInProgress } from "../../../src/telemetry/metrics.ts"
import { interruptedAnywhere } from "../../support/interruptedAnywhere.ts"
import { settle } from "../../support/queueWith.ts"
import { recording } from "../../support/recording.ts"
import { caller } from "../../support/TestApp.ts"

const organizationId = OrgId.make("org")

/** Fails if `work` waits, so that the test does not wait for a place that was lost. */
const endsAtOnce = Effect.fnUntraced(function*<E, R>(work: Effect.Effect<void, E, R>) {
  const fiber = yield* Effect.forkChild(work)
  yield* settle
  assert.deepStrictEqual(fiber.pollUnsafe(), Exit.void)
})

const gauges = Effect.forEach(
  [runsInProgress, filesUnfinished, liveStreams],
  (gauge) => Effect.map(Metric.value(gauge), ({ value }) => value)
)

const limits = Admission.layer.pipe(
  Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { DATABASE_POOL: "2" } })))
)

describe("after an interruption at any moment", () => {
  it.effect("an open circuit admits the next statement", () =>
    Effect.gen(function*() {
      const { withConnection } = yield* Admission
      const sent = withConnection(organizationId)
      const late = Effect.gen(function*() {
        const statement = yield* Effect.forkChild(Effect.exit(withDeadline("5 seconds")(sent(Effect.never))))
        yield* TestClock.adjust("5 seconds")
        yield* Fiber.join(statement)
      })
      const opened = Effect.repeat(late, { times: 2 })
      yield* opened
      yield* interruptedAnywhere(sent(Effect.yieldNow), Effect.andThen(endsAtOnce(sent(Effect.void)), opened))
    }).pipe(Effect.provide(limits)))

  it.effect("the only connection is free", () =>
    Effect.gen(function*() {
      const { withConnection, withLongConnection } = yield* Admission
      const isFree = endsAtOnce(withConnection(organizationId)(Effect.void))
      yield* interruptedAnywhere(withConnection(organizationId)(Effect.yieldNow), isFree)
      yield* interruptedAnywhere(withLongConnection(organizationId)(Effect.yieldNow), isFree)
    }).pipe(Effect.provide(limits)))

  it.effect("every place of every resource is free", () =>
    Effect.gen(function*() {
      const { takeStream, withPlace } = yield* Admission
      for (const resource of ["runs", "background_runs", "reads", "small_files", "files"] as const) {
        const held = withPlace(resource, organizationId)
        const inUse = Effect.map(gauges, (values) => assert.deepStrictEqual(values, [0, 0, 0]))
        yield* interruptedAnywhere(held(Effect.yieldNow), Effect.andThen(inUse, endsAtOnce(held(Effect.void))))
      }
      const stream = Effect.scoped(Effect.andThen(takeStream(caller("member", "ana", "org")), Effect.yieldNow))
      yield* interruptedAnywhere(stream, Effect.map(gauges, (values) => assert.deepStrictEqual(values, [0, 0, 0])))
    }).pipe(Effect.provide(limits)))

  it.effect("a request to load a replica does not prevent later ones", () =>
    Effect.gen(function*() {
      const pool = makeReplicaPool(1)
      const slot = pool.slot(organizationId)
      const { request } = yield* makeReplicaLoader(pool, 1)
      const ended = Effect.gen(function*() {
        yield* Effect.repeat(Effect.yieldNow, { times: 500, until: () => !slot.isLoading })
        assert.isFalse(slot.isLoading)
      })
      yield* interruptedAnywhere(request(organizationId), ended)
    }).pipe(Effect.provide(recording([]))))
})
