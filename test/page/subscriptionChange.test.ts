import { assert, describe, it } from "@effect/vitest"
import { changeOf, creationOf, idsIn } from "../../src/page/mails/subscriptionChange.ts"
import { viewFrom } from "../../src/page/report/View.ts"

const times = { every: "day", at: "07:00" } as const
const mail = { ...times, channel: "email", format: "csv", url: "" } as const
const webhook = { ...times, channel: "webhook", format: "pdf", to: ["ana"] } as const
const view = { filters: { source: ["web"] } }

describe("a change of a subscription on the page", () => {
  it("a change names the recipients only if they are others", () => {
    const before = ["ana", "bea"]
    const changed = (to: ReadonlyArray<string>) => changeOf(before, { ...mail, to }, undefined)
    const terms = { ...times, format: "csv" as const }
    assert.deepStrictEqual(changed(before), terms)
    assert.deepStrictEqual(changed(["bea", "ana"]), terms)
    assert.deepStrictEqual(changed(["bea"]), { ...terms, to: ["bea"] })
    assert.deepStrictEqual(changed(["bea", "carlos"]), { ...terms, to: ["bea", "carlos"] })
  })

  it("a change has a view only if it was chosen", () => {
    assert.deepStrictEqual(changeOf(["ana"], { ...mail, to: ["ana"] }, view), { ...times, format: "csv", view })
  })

  it("a message to a url has neither recipients nor a file, and a change keeps the url if none is entered", () => {
    const url = "https://hooks.example.com/1"
    assert.deepStrictEqual(creationOf({ ...webhook, url }, view), { ...times, channel: "webhook", url, view })
    assert.deepStrictEqual(changeOf([], { ...webhook, url }, undefined), { ...times, url })
    assert.deepStrictEqual(changeOf([], { ...webhook, url: "" }, undefined), times)
    const to = ["bea"]
    assert.deepStrictEqual(creationOf({ ...mail, to, url }, view), {
      ...times,
      channel: "email",
      format: "csv",
      to,
      view
    })
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
