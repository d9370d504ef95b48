import { assert, describe, it } from "@effect/vitest"
import { changeOf, idsIn } from "../../src/page/mails/subscriptionChange.ts"
import { viewFrom } from "../../src/page/report/View.ts"

const terms = { every: "day", at: "07:00", format: "csv" } as const

describe("a change of a subscription on the page", () => {
  it("a change names the recipients only if they are others", () => {
    const before = ["ana", "bea"]
    const changed = (to: ReadonlyArray<string>) => changeOf(before, { ...terms, to, view: undefined })
    assert.deepStrictEqual(changed(before), terms)
    assert.deepStrictEqual(changed(["bea", "ana"]), terms)
    assert.deepStrictEqual(changed(["bea"]), { ...terms, to: ["bea"] })
    assert.deepStrictEqual(changed(["bea", "carlos"]), { ...terms, to: ["bea", "carlos"] })
  })

  it("a change has a view only if it was chosen", () => {
    const view = { filters: { source: ["web"] } }
    assert.deepStrictEqual(changeOf(["ana"], { ...terms, to: ["ana"], view }), { ...terms, view })
  })

  it("a caller who ended the mails is not named, and other people who ended them are", () => {
    const endedAt = "2026-05-11T05:00:00.000Z"
    const to = [{ userId: "ana", endedAt }, { userId: "bea", endedAt }, { userId: "carlos", endedAt: null }]
    assert.deepStrictEqual(idsIn(to, "ana"), ["bea", "carlos"])
    assert.deepStrictEqual(idsIn(to, "carlos"), ["ana", "bea", "carlos"])
  })

  it("the view of a stored request has its people, filters, and timeframe, and leaves out the rest", () => {
    const nothing = { timeframe: undefined, people: undefined, filters: undefined, comparePrevious: false }
    assert.deepStrictEqual(viewFrom({}), nothing)
    assert.deepStrictEqual(viewFrom({ everyone: true, comparePrevious: true }), {
      ...nothing,
      people: "everyone",
      comparePrevious: true
    })
    assert.deepStrictEqual(viewFrom({ assigneeIds: [] }).people, "me")
    assert.deepStrictEqual(viewFrom({ assigneeIds: ["bea"] }).people, ["bea"])
    assert.deepStrictEqual(viewFrom({ filters: { source: "web" } }).filters, { source: ["web"] })
  })
})
