import { assert, it } from "@effect/vitest"
import { Effect, Exit, Layer } from "effect"
import { claimingFrom } from "../../../src/services/deliveries/claiming.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { due, ids, made } from "../../conformance/subscriptionScene.ts"
import { logInto } from "../../support/logInto.ts"

const repos = Layer.merge(ReportRepo.layerMemory, SubscriptionRepo.layerMemory)

const many = ids(...Array.from({ length: 60 }, (_, at) => `person${at}`))

it.effect("an organization with many mails does not delay the mail of another, and the queue is not read for a claim", () =>
  Effect.gen(function*() {
    const { organizationId: busy, repo } = yield* made(many)
    const { organizationId: quiet } = yield* made()
    let reads = 0
    const { claimOne, findWaiting } = claimingFrom({
      ...repo,
      organizationsWaiting: () =>
        Effect.sync(() => {
          reads += 1
          return [busy, quiet]
        })
    })
    assert.isUndefined(yield* claimOne(due))
    yield* findWaiting
    const claims = yield* Effect.forEach(Array.from({ length: 50 }), () => claimOne(due))
    assert.strictEqual(claims.filter((claimed) => claimed?.organizationId === quiet).length, 1)
    assert.strictEqual(claims.filter((claimed) => claimed?.organizationId === busy).length, 49)
    const others = yield* Effect.forEach(Array.from({ length: 50 }), () => claimOne(due))
    assert.strictEqual(others.filter((claimed) => claimed !== undefined).length, 11)
    assert.strictEqual(reads, 1)
  }).pipe(Effect.provide(repos)))

it.effect("if the deliveries of an organization cannot be claimed, those of another are, and the log names the organization", () => {
  const lines: Array<string> = []
  return Effect.gen(function*() {
    const { organizationId: broken, repo } = yield* made(["ana", "olga"])
    const { organizationId: sound } = yield* made(["ana", "olga"])
    let isBroken = true
    const { claimOne, findWaiting } = claimingFrom({
      ...repo,
      claim: (organizationId, now) =>
        isBroken && organizationId === broken ? Effect.die("a broken row") : repo.claim(organizationId, now),
      organizationsWaiting: () => Effect.succeed([broken, sound])
    })
    const claims = Effect.map(
      Effect.forEach([1, 2, 3], () => claimOne(due)),
      (claimed) => claimed.map((one) => one?.organizationId)
    )
    yield* findWaiting
    assert.deepStrictEqual(yield* Effect.exit(claims), Exit.succeed([sound, sound, undefined]))
    assert.strictEqual(lines.length, 1)
    assert.include(lines[0], "a delivery could not be claimed")
    assert.include(lines[0], `organizationId=${broken}`)
    isBroken = false
    yield* findWaiting
    assert.deepStrictEqual(yield* claims, [broken, broken, undefined])
  }).pipe(Effect.provide([repos, logInto(lines)]))
})
