import { assert, it } from "@effect/vitest"
import { Effect, Fiber, flow, Latch, Layer } from "effect"
import { TestClock } from "effect/testing"
import { OrgId } from "../../../src/domain/Ids.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { AuditLog } from "../../../src/services/reports/AuditLog/AuditLog.ts"
import { IdempotencyKeys } from "../../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { noTables } from "../../../src/testing/rows.ts"
import { signTestToken } from "../../../src/testing/signTestToken.ts"
import { handlerOver } from "../../support/handlerOver.ts"
import { meter } from "../../support/meter.ts"
import { sourcesOver } from "../../support/TestApp.ts"

const [greedy, other] = [OrgId.make("greedy"), OrgId.make("other")]

it.effect("a read of one organization does not wait for reads of another organization that never end", () =>
  Effect.gen(function*() {
    const { withPlace } = yield* Admission
    const latches = yield* Effect.forEach([1, 2, 3, 4, 5, 6], () => Latch.make())
    const begun: Array<string> = []
    const begins = (who: string) => Effect.sync(() => void begun.push(who))
    const many = yield* Effect.forEach(
      latches,
      (latch, index) =>
        Effect.forkChild(withPlace("reads", greedy)(Effect.andThen(begins(`greedy ${index}`), latch.await)))
    )
    const one = yield* Effect.forkChild(withPlace("reads", other)(begins("other")))
    yield* Effect.repeat(Effect.yieldNow, { times: 20 })
    assert.deepStrictEqual(begun, ["greedy 0", "greedy 1", "other"])
    yield* Effect.forEach(latches, (latch) => latch.open)
    yield* Fiber.joinAll([...many, one])
  }).pipe(Effect.provide(Admission.layer)))

it.effect("a read fails with TimedOut after 5 seconds, whether it has a place or waits for one", () =>
  Effect.gen(function*() {
    const { withPlace } = yield* Admission
    const held = yield* Effect.forEach(
      [1, 2, 3],
      () => Effect.forkChild(Effect.flip(withPlace("reads", greedy)(Effect.never)))
    )
    yield* TestClock.adjust("5 seconds")
    const failures = yield* Fiber.joinAll(held)
    assert.deepStrictEqual(failures.map(({ _tag }) => _tag), ["TimedOut", "TimedOut", "TimedOut"])
  }).pipe(Effect.provide(Admission.layer)))

it.live("at most two reads of an organization run at a time: lists, snapshots, renewals or replays", () =>
  Effect.gen(function*() {
    const { metered, mostAtOnce } = meter()
    const repos = Layer.mergeAll(
      Layer.effect(ReportRepo, Effect.map(ReportRepo, (repo) => ({ ...repo, list: flow(repo.list, metered) }))),
      Layer.effect(
        SnapshotRepo,
        Effect.map(SnapshotRepo, (repo) => ({
          ...repo,
          find: flow(repo.find, metered),
          renew: flow(repo.renew, metered)
        }))
      ),
      Layer.effect(
        IdempotencyKeys,
        Effect.map(IdempotencyKeys, (keys) => ({ ...keys, claim: flow(keys.claim, metered) }))
      )
    ).pipe(Layer.provide([ReportRepo.layerMemory, SnapshotRepo.layerMemory, IdempotencyKeys.layerMemory]))
    const { dispose, handler } = handlerOver(
      Layer.mergeAll(repos, AuditLog.layerMemory, SubscriptionRepo.layerMemory, sourcesOver(noTables)),
      undefined,
      undefined,
      undefined,
      Admission.layer
    )
    const token = signTestToken({ organizationId: "org", userId: "ana", role: "member" })
    const ask = (method: string, path: string) =>
      handler(
        new Request(`http://crm.example/crm-reports${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": "once" },
          ...(path === "" && method === "POST" && { body: "{}" })
        })
      )
    const snapshot = "/snapshots/00000000-0000-4000-8000-000000000001"
    const asked = [["GET", ""], ["GET", snapshot], ["POST", `${snapshot}/renew`], ["POST", ""]] as const
    for (const [method, path] of asked) {
      const answers = yield* Effect.promise(() => Promise.all([1, 2, 3, 4].map(() => ask(method, path))))
      assert.notInclude(answers.map(({ status }) => status), 500)
      assert.strictEqual(mostAtOnce(), 2, `${method} ${path}`)
    }
    yield* Effect.promise(dispose)
  }))
