import { assert, describe, it } from "@effect/vitest"
import { calls, deals, leads } from "../../src/metrics/crm.ts"
import { asWords, valueLabel } from "../../src/metrics/labels.ts"

describe("labels of values", () => {
  it.each([
    ["walk_in", "Walk in"],
    ["web", "Web"],
    ["a1_b2", "A1 b2"],
    ["Fair 2019", "Fair 2019"],
    ["TikTok", "TikTok"],
    ["_private", "_private"],
    ["__proto__", "__proto__"],
    ["a__b", "a__b"],
    ["über", "über"],
    ["", ""]
  ])("the label of the stored value %j is %j", (stored, label) => {
    assert.strictEqual(asWords(stored), label)
  })

  it("known values and missing values have readable labels", () => {
    assert.strictEqual(valueLabel(leads.status, "lead"), "New")
    assert.strictEqual(valueLabel(leads.status, "on_hold"), "On hold")
    assert.strictEqual(valueLabel(calls.outcome, "no_answer"), "No answer")
    assert.strictEqual(valueLabel(leads.source, null), "Unknown")
    assert.strictEqual(valueLabel(deals.lostReason, null), "No reason")
  })
})
