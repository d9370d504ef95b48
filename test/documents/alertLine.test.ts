import { assert, it } from "@effect/vitest"
import { alertLine } from "../../src/documents/alertLine.ts"

const above90 = { instanceId: "speed", of: "value", above: 90 } as const

it.each(
  [
    [90.4, "en", "Speed to lead: 90.4 min, above 90 min"],
    [89.6, "en", "Speed to lead: 89.6 min, not above 90 min"],
    [90.4, "de", "Speed to lead: 90,4 min, über 90 min"],
    [90, "en", "Speed to lead: 1 h 30 min, not above 1 h 30 min"],
    [95, "en", "Speed to lead: 1 h 35 min, above 1 h 30 min"],
    [null, "en", "Speed to lead: –, not above 1 h 30 min"]
  ] as const
)("a line of %d minutes in %s is %j", (figure, locale, line) => {
  assert.strictEqual(alertLine(above90, { label: "Speed to lead", unit: "minutes", figure }, locale), line)
})
