import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { Caller } from "../../../src/domain/Caller.ts"
import { OrgId, UserId } from "../../../src/domain/Ids.ts"
import type { Selection } from "../../../src/domain/Run.ts"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { Gating, scopeFor, selectedBy } from "../../../src/services/access/Gating.ts"
import { type Membership, Organizations, separateCheck } from "../../../src/services/access/Organizations.ts"
import { admin } from "../../support/counted.ts"
import { asOf } from "../../support/office.ts"

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

/** Returns the selected members in reverse order. */
const entryFor = (selected: ReturnType<typeof selectedBy>): Membership => ({
  organization: { organizationId: OrgId.make("org"), timeZone: "UTC", weekStart: 1, currency: "EUR" },
  members: members
    .filter(({ userId }) => selected === "everyone" || selected.includes("~nobody") || selected.includes(userId))
    .toReversed(),
  fingerprint: String(selected)
})

const scopeOfSelection = (of: Caller, selection: Selection): ReadonlyArray<unknown> => {
  const selected = selectedBy(of, selection)
  const { allMembers, kind, people } = scopeFor(of, selected, entryFor(selected), asOf)
  return [kind, ...people.map(({ userId }) => userId), ...(allMembers === undefined ? [] : [{ allMembers }])]
}

const scopeOf = (of: Caller, assigneeIds?: ReadonlyArray<string>) =>
  scopeOfSelection(of, assigneeIds === undefined ? {} : { assigneeIds })

const thousand = Array.from({ length: 1_000 }, (_, index) => `user_${index}`)

describe("the scope of a run", () => {
  it.each<readonly [string, ReadonlyArray<string> | undefined]>([
    ["no ids", undefined],
    ["an empty list", []],
    ["their own id", ["ana"]],
    ["two other members", ["bo", "cy"]],
    ["all members", ["ana", "bo", "cy"]],
    ["somebody of another organization", ["eve"]],
    ["a wildcard", ["*"]],
    ["an empty id", [""]],
    ["a thousand ids", thousand],
    ["nobody's rows", ["~nobody"]],
    ["nobody's rows and other members", ["~nobody", "bo"]]
  ])("the scope of a member who asks for %s is only that member", (_, assigneeIds) => {
    assert.deepStrictEqual(scopeOf(caller("member"), assigneeIds), ["own", "ana"])
  })
  it.each<readonly [string, ReadonlyArray<string> | undefined, ReadonlyArray<string>]>([
    ["no ids", undefined, ["own", "ana"]],
    ["an empty list", [], ["own", "ana"]],
    ["their own id", ["ana"], ["own", "ana"]],
    ["their own id twice", ["ana", "ana"], ["own", "ana"]],
    ["somebody else", ["bo"], ["members", "bo"]],
    ["all members", ["cy", "bo", "ana"], ["members", "ana", "bo", "cy"]],
    ["a former member", ["cy"], ["members", "cy"]],
    ["their own id, and another id twice", ["bo", "ana", "bo"], ["members", "ana", "bo"]],
    ["a member and a foreign id", ["eve", "bo"], ["members", "bo"]],
    ["foreign ids only", ["eve", "mallory"], ["members"]],
    ["their own id and a foreign id", ["eve", "ana"], ["own", "ana"]],
    ["an empty id", [""], ["members"]],
    ["a wildcard", ["*", "%"], ["members"]],
    ["the id of a member in another case", ["BO", "bo "], ["members"]],
    ["the ids constructor and __proto__", ["constructor", "__proto__"], ["members"]],
    ["a thousand ids", thousand, ["members"]]
  ])("the scope of an admin who asks for %s has only people of the organization", (_, assigneeIds, expected) => {
    assert.deepStrictEqual(scopeOf(caller("admin"), assigneeIds), [...expected])
  })
  it.each<readonly [string, Selection]>([
    ["everyone", { everyone: true }],
    ["everyone together with ids", { everyone: true, assigneeIds: ["bo"] }]
  ])("the scope of an admin who asks for %s has all members, including former members", (_, selection) => {
    assert.deepStrictEqual(scopeOfSelection(caller("admin"), selection), [
      "everyone",
      "ana",
      "bo",
      "cy",
      { allMembers: ["ana", "bo", "cy"] }
    ])
  })
  it("the scope of everyone includes an admin who has no row in crm.members", () => {
    assert.deepStrictEqual(scopeOfSelection(caller("admin", "new"), { everyone: true }), [
      "everyone",
      "ana",
      "bo",
      "cy",
      "new",
      { allMembers: ["ana", "bo", "cy", "new"] }
    ])
  })
  it("the scope of an admin who sends everyone: false has the people of assigneeIds", () => {
    assert.deepStrictEqual(scopeOfSelection(caller("admin"), { everyone: false, assigneeIds: ["bo"] }), [
      "members",
      "bo"
    ])
  })
  it.each<readonly [string, Selection]>([
    ["everyone", { everyone: true }],
    ["everyone together with ids", { everyone: true, assigneeIds: ["bo", "cy"] }]
  ])("the scope of a member who asks for %s is only that member", (_, selection) => {
    assert.deepStrictEqual(scopeOfSelection(caller("member"), selection), ["own", "ana"])
  })
  it("the scope of a caller without a row in crm.members is only that caller", () => {
    for (const role of ["admin", "member"] as const) {
      const selected = selectedBy(caller(role, "new"), {})
      const { kind, people } = scopeFor(caller(role, "new"), selected, entryFor(selected), asOf)
      assert.deepStrictEqual([kind, people], ["own", [{ userId: UserId.make("new"), name: "new", hasLeft: false }]])
    }
  })
  it("a member is a former member from the time left_at on", () => {
    const hasLeft = (now: number) =>
      scopeFor(admin, ["cy"], entryFor(["cy"]), now).people.map((person) => person.hasLeft)
    assert.deepStrictEqual([hasLeft(asOf - 1), hasLeft(asOf)], [[false], [true]])
  })
})

describe("a run that begins with the last known scope", () => {
  /** Makes as many runs as there are answers. Returns the people of each scope that was counted, and the results. */
  const told = (answers: ReadonlyArray<Effect.Effect<Membership, Unavailable>>) => {
    const left = [...answers]
    const lookUp = () => Effect.suspend(() => left.shift() ?? Effect.die("once more"))
    const organizations = Layer.mock(Organizations, {
      lookUp,
      revalidate: (_organizationId, _userIds, last) => separateCheck(lookUp(), last)
    })
    return Effect.gen(function*() {
      const gating = yield* Gating
      const worked: Array<string> = []
      const runs = yield* Effect.forEach(
        answers,
        () =>
          Effect.exit(
            gating.inScope(caller("admin"), { assigneeIds: ["ana", "bo"] }, asOf, (scope) =>
              Effect.sync(() => {
                const ids = scope.people.map(({ userId }) => userId).join()
                worked.push(ids)
                return ids
              }))
          )
      )
      return { worked, runs: runs.map((exit) => exit._tag === "Success" ? exit.value : exit._tag) }
    }).pipe(Effect.provide(Gating.layer.pipe(Layer.provide(organizations))))
  }
  const both = Effect.succeed(entryFor(["ana", "bo"]))
  const ana = Effect.succeed(entryFor(["ana"]))

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
      const long = Effect.succeed({ ...entryFor(["ana", "bo"]), fingerprint: "x".repeat(16_001) })
      const { worked } = yield* told([both, long, long])
      assert.deepStrictEqual(worked, ["ana,bo", "ana,bo", "ana,bo", "ana,bo"])
    }))
  it.effect("the scope of a very long list of ids is not remembered", () =>
    Effect.gen(function*() {
      const lookUp = (_: OrgId, ids: ReadonlyArray<string>) => Effect.succeed(entryFor(ids))
      const organizations = Layer.mock(Organizations, { lookUp, revalidate: () => assert.fail("cached") })
      const counts = yield* Effect.gen(function*() {
        const gating = yield* Gating
        const run = gating.inScope(
          caller("admin"),
          { assigneeIds: ["ana", ...thousand] },
          asOf,
          ({ people }) => Effect.succeed(people)
        )
        return [(yield* run).length, (yield* run).length]
      }).pipe(Effect.provide(Gating.layer.pipe(Layer.provide(organizations))))
      assert.deepStrictEqual(counts, [1, 1])
    }))
  it.effect("a run fails when the access query fails", () =>
    Effect.gen(function*() {
      const { runs } = yield* told([both, Effect.fail(new Unavailable())])
      assert.deepStrictEqual(runs, ["ana,bo", "Failure"])
    }))
})
