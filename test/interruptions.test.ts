import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Exit, Fiber, Layer, Metric, References } from "effect"
import { TestClock } from "effect/testing"
import { Documents } from "../src/documents/Documents.ts"
import { makeFairPermits } from "../src/domain/fairPermits.ts"
import { OrgId } from "../src/domain/Ids.ts"
import { ConnectionLimiter } from "../src/services/limits/ConnectionLimiter.ts"
import { atMost } from "../src/services/limits/perOrganization.ts"
import { RunLimiter, runLimiter } from "../src/services/limits/RunLimiter.ts"
import { withDeadline } from "../src/services/limits/withDeadline.ts"
import { makeReplicaLoader } from "../src/services/replica/ReplicaLoader.ts"
import { makeReplicaPool } from "../src/services/replica/ReplicaPool.ts"
import { filesUnfinished } from "../src/telemetry/metrics.ts"
import { recording } from "./support/recording.ts"

const organizationId = OrgId.make("org")

const mostSteps = 40

/** A fiber with this limit executes one operation in each turn of the scheduler. */
const oneOperation = 3

/** Interrupts `work` after each number of its operations, and then executes `check`. */
const interruptedAnywhere = Effect.fnUntraced(function*<A, E, R, B, E2, R2>(
  work: Effect.Effect<A, E, R>,
  check: Effect.Effect<B, E2, R2>
) {
  for (let steps = 0; steps < mostSteps; steps++) {
    const fiber = yield* Effect.forkChild(Effect.provideService(work, References.MaxOpsBeforeYield, oneOperation))
    yield* Effect.repeat(Effect.yieldNow, { times: steps })
    yield* Fiber.interrupt(fiber)
    yield* check
  }
})

const limits = Layer.merge(ConnectionLimiter.layer, runLimiter).pipe(
  Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { DATABASE_POOL: "2" } })))
)

describe("after an interruption at any moment", () => {
  it.effect("an open circuit admits the next statement", () =>
    Effect.gen(function*() {
      const { withConnection } = yield* ConnectionLimiter
      const sent = withConnection(organizationId)
      const late = Effect.gen(function*() {
        const statement = yield* Effect.forkChild(Effect.exit(withDeadline("5 seconds")(sent(Effect.never))))
        yield* TestClock.adjust("5 seconds")
        yield* Fiber.join(statement)
      })
      const opened = Effect.repeat(late, { times: 2 })
      yield* opened
      const isAdmitted = Effect.map(Effect.exit(sent(Effect.void)), (exit) => assert.isTrue(Exit.isSuccess(exit)))
      yield* interruptedAnywhere(sent(Effect.yieldNow), Effect.andThen(isAdmitted, opened))
    }).pipe(Effect.provide(limits)))

  it.effect("the only connection is free", () =>
    Effect.gen(function*() {
      const { withConnection, withLongConnection } = yield* ConnectionLimiter
      const isFree = withConnection(organizationId)(Effect.void)
      yield* interruptedAnywhere(withConnection(organizationId)(Effect.yieldNow), isFree)
      yield* interruptedAnywhere(withLongConnection(organizationId)(Effect.yieldNow), isFree)
    }).pipe(Effect.provide(limits)))

  it.effect("permits of organizations are free", () =>
    Effect.gen(function*() {
      const shared = makeFairPermits(1)
      yield* interruptedAnywhere(shared.withPermit("a")(Effect.yieldNow), shared.withPermit("b")(Effect.void))
      const own = yield* atMost(1)
      yield* interruptedAnywhere(own("a")(Effect.yieldNow), own("a")(Effect.void))
    }))

  it.effect("no widget is pending", () =>
    Effect.gen(function*() {
      const { counted, shedLoad } = yield* RunLimiter
      yield* interruptedAnywhere(counted(organizationId, 300, () => Effect.yieldNow), shedLoad(organizationId))
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

  it.effect("no file is unfinished", () =>
    Effect.gen(function*() {
      const { make } = yield* Documents
      const unfinished = Effect.map(Metric.value(filesUnfinished), ({ value }) => assert.strictEqual(value, 0))
      yield* interruptedAnywhere(make("org", Effect.fail("no numbers"), "csv"), unfinished)
    }).pipe(Effect.provide(Layer.provide(Documents.layer, ConfigProvider.layer(ConfigProvider.fromEnv({ env: {} }))))))
})
