import { assert, describe, it } from "@effect/vitest"
import { alertOf, type ChosenAlert, chosenAlertOf, figuresOf, isComplete } from "../../src/page/mails/alertChange.ts"
import { changeOf, creationOf, idsIn } from "../../src/page/mails/subscriptionChange.ts"
import { viewFrom } from "../../src/page/report/View.ts"

const times = { every: "day", at: "07:00", locale: "de-AT" } as const
const mail = { ...times, channel: "email", format: "csv", url: "", alert: undefined } as const
const webhook = { ...times, channel: "webhook", format: "pdf", to: ["ana"], alert: undefined } as const
const alert = { instanceId: "a", of: "value", side: "above", threshold: "2.5" } as const
const none = { to: [], alert: undefined }
const view = { filters: { source: ["web"] } }

describe("a change of a subscription on the page", () => {
  it("a change names the recipients only if they are others", () => {
    const before = ["ana", "bea"]
    const changed = (to: ReadonlyArray<string>) => changeOf({ ...none, to: before }, { ...mail, to }, undefined)
    const terms = { ...times, format: "csv" as const }
    assert.deepStrictEqual(changed(before), terms)
    assert.deepStrictEqual(changed(["bea", "ana"]), terms)
    assert.deepStrictEqual(changed(["bea"]), { ...terms, to: ["bea"] })
    assert.deepStrictEqual(changed(["bea", "carlos"]), { ...terms, to: ["bea", "carlos"] })
  })

  it("a change has a view only if it was chosen", () => {
    const changed = changeOf({ ...none, to: ["ana"] }, { ...mail, to: ["ana"] }, view)
    assert.deepStrictEqual(changed, { ...times, format: "csv", view })
  })

  it("a message to a url has neither recipients nor a file, and a change keeps the url if none is entered", () => {
    const url = "https://hooks.example.com/1"
    assert.deepStrictEqual(creationOf({ ...webhook, url }, view), { ...times, channel: "webhook", url, view })
    assert.deepStrictEqual(changeOf(none, { ...webhook, url }, undefined), { ...times, url })
    assert.deepStrictEqual(changeOf(none, { ...webhook, url: "" }, undefined), times)
    const to = ["bea"]
    assert.deepStrictEqual(creationOf({ ...mail, to, url }, view), {
      ...times,
      channel: "email",
      format: "csv",
      to,
      view
    })
  })

  it("an alert has its threshold as a number, and a change names the alert only if it is another one", () => {
    const when = { instanceId: "a", of: "value", above: 2.5 } as const
    assert.deepStrictEqual(creationOf({ ...mail, to: ["ana"], alert }, view).when, when)
    assert.notProperty(creationOf({ ...mail, to: ["ana"] }, view), "when")
    const changed = (next: Partial<ChosenAlert>) =>
      changeOf({ to: [], alert }, { ...mail, to: [], alert: { ...alert, ...next } }, undefined)
    assert.notProperty(changed({}), "when")
    assert.deepStrictEqual(changed({ threshold: "3" }).when, { ...when, above: 3 })
    assert.deepStrictEqual(changed({ side: "below" }).when, { instanceId: "a", of: "value", below: 2.5 })
  })

  it.each(
    [
      { instanceId: "a", of: "value", above: 0 },
      { instanceId: "a", of: "deltaPct", below: -12.5 },
      { instanceId: "a", of: "value", above: 1_000, currency: "USD" }
    ] as const
  )("the alert %j is the same after it was shown", (when) => {
    assert.deepStrictEqual(alertOf(chosenAlertOf(when)), when)
    assert.isTrue(isComplete(chosenAlertOf(when)))
  })

  it.each(["", " ", "abc"])(
    "a threshold of %j cannot be stored",
    (threshold) => assert.isFalse(isComplete({ ...alert, threshold }))
  )

  it.each([
    [{}, "stat", true, ["value", "deltaPct"]],
    [{}, "stat", false, ["value"]],
    [{ target: true }, "stat", true, ["value", "deltaPct", "pace"]],
    [{ target: true }, "timeseries", true, ["pace"]],
    [{ target: true, groupBy: "source" }, "timeseries", true, []],
    [{ target: true }, "leaderboard", true, []],
    [{}, "category", true, []]
  ])(
    "an alert of a widget with %j of the shape %s, over a timeframe: %j, can compare %j",
    (widget, shape, takesTimeframe, figures) =>
      assert.deepStrictEqual<ReadonlyArray<string>>(figuresOf(widget, { shape, takesTimeframe }), figures)
  )

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
