import { assert, describe, it } from "@effect/vitest"
import type { Caller } from "../../../src/domain/Caller.ts"
import { OrgId, UserId } from "../../../src/domain/Ids.ts"
import type { Selection } from "../../../src/domain/Run.ts"
import { scopeFor, selectedBy } from "../../../src/services/access/Gating.ts"
import type { Membership } from "../../../src/services/access/Organizations.ts"
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
