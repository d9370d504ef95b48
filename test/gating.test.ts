import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { Caller } from "../src/domain/Caller.ts"
import { OrgId, UserId } from "../src/domain/Ids.ts"
import { Unavailable } from "../src/domain/Unavailable.ts"
import { metricsById } from "../src/metrics/all.ts"
import { chosenBy, Gating, scopeFor } from "../src/services/access/Gating.ts"
import { type Membership, Organizations, separateCheck } from "../src/services/access/Organizations.ts"
import { admin, counted } from "./support/counted.ts"
import { asOf, office } from "./support/office.ts"

const caller = (role: Caller["role"], userId = "ana"): Caller => ({
  organizationId: OrgId.make("org"),
  userId: UserId.make(userId),
  role
})

const members: Membership["members"] = ["ana", "bo", "cy"].map((id) => ({
  userId: UserId.make(id),
  name: id.toUpperCase(),
  leftAt: id === "cy" ? asOf : null
}))

/** The directory answers with those of the ids that are members, in an order of its own. */
const entryFor = (ids: ReadonlyArray<string>): Membership => ({
  organization: { organizationId: OrgId.make("org"), timeZone: "UTC", weekStart: 1, currency: "EUR" },
  members: members.filter(({ userId }) => ids.includes(userId)).toReversed(),
  fingerprint: ids.join()
})

const scopeOf = (of: Caller, assigneeIds?: ReadonlyArray<string>) => {
  const chosen = chosenBy(of, assigneeIds)
  const { kind, people } = scopeFor(of, chosen, entryFor(chosen), asOf)
  return [kind, ...people.map(({ userId }) => userId)]
}

const thousand = Array.from({ length: 1_000 }, (_, index) => `user_${index}`)

describe("whose rows are counted", () => {
  it.each<readonly [string, ReadonlyArray<string> | undefined]>([
    ["nobody", undefined],
    ["an empty list", []],
    ["themselves", ["ana"]],
    ["others", ["bo", "cy"]],
    ["all", ["ana", "bo", "cy"]],
    ["somebody of another organization", ["eve"]],
    ["a wildcard", ["*"]],
    ["an empty id", [""]],
    ["a thousand ids", thousand]
  ])("a member who asks for %s gets their own", (_, assigneeIds) => {
    assert.deepStrictEqual(scopeOf(caller("member"), assigneeIds), ["own", "ana"])
  })
  it.each<readonly [string, ReadonlyArray<string> | undefined, ReadonlyArray<string>]>([
    ["nobody", undefined, ["own", "ana"]],
    ["an empty list", [], ["own", "ana"]],
    ["themselves", ["ana"], ["own", "ana"]],
    ["themselves twice", ["ana", "ana"], ["own", "ana"]],
    ["somebody else", ["bo"], ["members", "bo"]],
    ["all", ["cy", "bo", "ana"], ["members", "ana", "bo", "cy"]],
    ["who has left", ["cy"], ["members", "cy"]],
    ["duplicates", ["bo", "ana", "bo"], ["members", "ana", "bo"]],
    ["a member and a stranger", ["eve", "bo"], ["members", "bo"]],
    ["only strangers", ["eve", "mallory"], ["members"]],
    ["themselves and a stranger", ["eve", "ana"], ["own", "ana"]],
    ["an empty id", [""], ["members"]],
    ["a wildcard", ["*", "%"], ["members"]],
    ["a member in another case", ["BO", "bo "], ["members"]],
    ["names of an object's properties", ["constructor", "__proto__"], ["members"]],
    ["a thousand ids", thousand, ["members"]]
  ])("an admin who asks for %s", (_, assigneeIds, expected) => {
    assert.deepStrictEqual(scopeOf(caller("admin"), assigneeIds), [...expected])
  })
  it("a caller whom the CRM does not know counts as a member, by their id", () => {
    for (const role of ["admin", "member"] as const) {
      const chosen = chosenBy(caller(role, "new"))
      const { kind, people } = scopeFor(caller(role, "new"), chosen, entryFor(chosen), asOf)
      assert.deepStrictEqual([kind, people], ["own", [{ userId: UserId.make("new"), name: "new", hasLeft: false }]])
    }
  })
  it("who leaves in the future is still there, who leaves now has left", () => {
    const hasLeft = (now: number) =>
      scopeFor(admin, ["cy"], entryFor(["cy"]), now).people.map((person) => person.hasLeft)
    assert.deepStrictEqual([hasLeft(asOf - 1), hasLeft(asOf)], [[false], [true]])
  })
})

describe("the gate of the last time", () => {
  /** Asks for ana and bo, once an answer of the directory; gives whom work was done for, and whose was told. */
  const told = (answers: ReadonlyArray<Effect.Effect<Membership, Unavailable>>) => {
    const left = [...answers]
    const lookUp = () => Effect.suspend(() => left.shift() ?? Effect.die("once more"))
    const organizations = Layer.succeed(Organizations, {
      lookUp,
      revalidate: (_organizationId, _userIds, last) => separateCheck(lookUp(), last)
    })
    return Effect.gen(function*() {
      const gating = yield* Gating
      const worked: Array<string> = []
      const runs = yield* Effect.forEach(
        answers,
        () =>
          Effect.exit(gating.inScope(caller("admin"), ["ana", "bo"], asOf, (scope) =>
            Effect.sync(() => {
              const ids = scope.people.map(({ userId }) => userId).join()
              worked.push(ids)
              return ids
            })))
      )
      return { worked, runs: runs.map((exit) => exit._tag === "Success" ? exit.value : exit._tag) }
    }).pipe(Effect.provide(Gating.layer.pipe(Layer.provide(organizations))))
  }
  const both = Effect.succeed(entryFor(["ana", "bo"]))
  const ana = Effect.succeed(entryFor(["ana"]))

  it.effect("is worked for at once, and told when today's says the same", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* told([both, both]), {
        worked: ["ana,bo", "ana,bo"],
        runs: ["ana,bo", "ana,bo"]
      })
    }))
  it.effect("is told to nobody when somebody is no member any more, or is one now", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* told([both, ana, both]), {
        worked: ["ana,bo", "ana,bo", "ana", "ana", "ana,bo"],
        runs: ["ana,bo", "ana", "ana,bo"]
      })
    }))
  it.effect("is not remembered of a list so long that many of them would fill the memory", () =>
    Effect.gen(function*() {
      const lookUp = (_: OrgId, ids: ReadonlyArray<string>) => Effect.succeed(entryFor(ids))
      const organizations = Layer.succeed(Organizations, { lookUp, revalidate: () => assert.fail("cached") })
      const counts = yield* Effect.gen(function*() {
        const gating = yield* Gating
        const run = gating.inScope(caller("admin"), ["ana", ...thousand], asOf, ({ people }) => Effect.succeed(people))
        return [(yield* run).length, (yield* run).length]
      }).pipe(Effect.provide(Gating.layer.pipe(Layer.provide(organizations))))
      assert.deepStrictEqual(counts, [1, 1])
    }))
  it.effect("is told to nobody when today's cannot be asked", () =>
    Effect.gen(function*() {
      const { runs } = yield* told([both, Effect.fail(new Unavailable())])
      assert.deepStrictEqual(runs, ["ana,bo", "Failure"])
    }))
})

describe("what only admins see", () => {
  const adminOnly = [...metricsById].filter(([, metric]) => metric.adminOnly === true).map(([id]) => id)
  it("is the team and the commission", () => {
    assert.deepStrictEqual(adminOnly, [
      "deals.commission_breakdown",
      "deals.commission_by_agent",
      ...[...metricsById.keys()].filter((id) => id.startsWith("team."))
    ])
  })
  it.effect.each(adminOnly)(
    "%s is empty for a member, whatever else is wrong with the widget",
    (metricId) =>
      Effect.gen(function*() {
        const wrong = { chart: "none", groupBy: "none", timeframe: { preset: "none" } }
        for (const asked of [{ metricId }, { metricId, ...wrong }]) {
          const series = yield* counted(office, asked, { caller: caller("member"), assigneeIds: ["ana", "bo"] })
          assert.deepStrictEqual([series.series, series.points, series.stat, series.error], [[], [], null, undefined])
          assert.strictEqual(series.meta.gated, "admin_only")
          assert.strictEqual(series.shape, metricsById.get(metricId)?.shape)
        }
      })
  )
  it.effect("an id in another case is no metric at all", () =>
    Effect.gen(function*() {
      const series = yield* counted(office, { metricId: "Team.leads_by_agent" }, { caller: caller("member") })
      assert.deepStrictEqual([series.shape, series.error?.code], ["stat", "unknown_metric"])
    }))
  it.effect.each([["admin", "team.leads_by_agent"], ["member", "leads.by_status"]] as const)(
    "an unknown id is told to the %s together with the nearest metric of their catalog",
    ([role, nearest]) =>
      Effect.gen(function*() {
        const series = yield* counted(office, { metricId: "team.leads_by_agents" }, { caller: caller(role) })
        assert.strictEqual(
          series.error?.message,
          `\`metricId\`: there is no metric "team.leads_by_agents". The nearest is ${nearest}.`
        )
      })
  )
})
