import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { OrgId, UserId } from "../../../src/domain/Ids.ts"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { Gating } from "../../../src/services/access/Gating.ts"
import { type Membership, Organizations, separateCheck } from "../../../src/services/access/Organizations.ts"
import { readInScope } from "../../../src/services/run/MetricRunner.ts"
import { asOf } from "../../support/office.ts"
import { sourceThat } from "../../support/sourceThat.ts"
import { caller } from "../../support/TestApp.ts"

const boss = caller("admin", "ana")

const membershipOf = (selected: ReadonlyArray<string>): Membership => ({
  organization: { organizationId: OrgId.make("org"), timeZone: "UTC", weekStart: 1, currency: "EUR" },
  members: ["ana", "bo"]
    .filter((id) => selected.includes(id))
    .map((id) => ({ userId: UserId.make(id), name: id.toUpperCase(), leftAt: null })),
  fingerprint: String(selected)
})

const over = (organizations: Layer.Layer<Organizations>) =>
  Layer.merge(
    Gating.layer.pipe(Layer.provide(organizations)),
    sourceThat(() => Effect.die("these runs read no rows"))
  )

describe("a run that begins with the last known scope", () => {
  /** Makes as many runs as there are answers. Returns the people of each scope that was counted, and the results. */
  const told = (answers: ReadonlyArray<Effect.Effect<Membership, Unavailable>>) => {
    const left = [...answers]
    const lookUp = () => Effect.suspend(() => left.shift() ?? Effect.die("once more"))
    const organizations = Layer.mock(Organizations, {
      lookUp,
      revalidate: (_organizationId, _userIds, last) => Effect.succeed(separateCheck(lookUp(), last))
    })
    return Effect.gen(function*() {
      const inScope = yield* readInScope
      const worked: Array<string> = []
      const runs = yield* Effect.forEach(
        answers,
        () =>
          Effect.exit(
            inScope(boss, { assigneeIds: ["ana", "bo"] }, asOf, (scope) =>
              Effect.sync(() => {
                const ids = scope.people.map(({ userId }) => userId).join()
                worked.push(ids)
                return ids
              }))
          )
      )
      return { worked, runs: runs.map((exit) => exit._tag === "Success" ? exit.value : exit._tag) }
    }).pipe(Effect.provide(over(organizations)))
  }
  const both = Effect.succeed(membershipOf(["ana", "bo"]))
  const ana = Effect.succeed(membershipOf(["ana"]))

  it.effect("a run is computed once when the access query confirms the last known scope", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* told([both, both]), {
        worked: ["ana,bo", "ana,bo"],
        runs: ["ana,bo", "ana,bo"]
      })
    }))
  it.effect("a run is computed again when the access query finds other members", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* told([both, ana, both]), {
        worked: ["ana,bo", "ana,bo", "ana", "ana", "ana,bo"],
        runs: ["ana,bo", "ana", "ana,bo"]
      })
    }))
  it.effect("a scope is no longer remembered when the result of its access query has become too long", () =>
    Effect.gen(function*() {
      const long = Effect.succeed({ ...membershipOf(["ana", "bo"]), fingerprint: "x".repeat(16_001) })
      const { worked } = yield* told([both, long, long])
      assert.deepStrictEqual(worked, ["ana,bo", "ana,bo", "ana,bo", "ana,bo"])
    }))
  it.effect("the scope of a very long list of ids is not remembered", () =>
    Effect.gen(function*() {
      const lookUp = (_: OrgId, ids: ReadonlyArray<string>) => Effect.succeed(membershipOf(ids))
      const organizations = Layer.mock(Organizations, { lookUp, revalidate: () => assert.fail("cached") })
      const counts = yield* Effect.gen(function*() {
        const inScope = yield* readInScope
        const run = inScope(
          boss,
          { assigneeIds: ["ana", ...Array.from({ length: 1_000 }, (_, index) => `user_${index}`)] },
          asOf,
          ({ people }) => Effect.succeed(people)
        )
        return [(yield* run).length, (yield* run).length]
      }).pipe(Effect.provide(over(organizations)))
      assert.deepStrictEqual(counts, [1, 1])
    }))
  it.effect("a run fails when the access query fails", () =>
    Effect.gen(function*() {
      const { runs } = yield* told([both, Effect.fail(new Unavailable())])
      assert.deepStrictEqual(runs, ["ana,bo", "Failure"])
    }))
})
