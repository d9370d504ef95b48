import { assert, describe, it } from "@effect/vitest"
import { setImmediate } from "node:timers/promises"
import { page } from "../../src/languages/compiled/en/page.ts"
import { presentation } from "../../src/languages/compiled/en/presentation.ts"
import { setMessages } from "../../src/page/shell/messages.ts"
import {
  afterSave,
  allSaved,
  cellKey,
  changesOf,
  currenciesOf,
  currencyIn,
  numberIn,
  numberText,
  pastedCells,
  textIn,
  textsOf,
  valueIn,
  withCells,
  yearOf
} from "../../src/page/targets/cells.ts"
import { categorySeries } from "../gallery/hostile.ts"
import { inEnglish } from "./support/english.ts"

describe("cells of the table of targets", () => {
  it("the year of a percentage is the mean of the months that have a number, weighted by their days", () => {
    assert.strictEqual(yearOf(true, [["2026-01", 30], ["2026-02", 60]]), (30 * 31 + 60 * 28) / 59)
    assert.strictEqual(yearOf(true, [["2028-02", 29]]), 29)
    assert.strictEqual(yearOf(true, []), 0)
    assert.strictEqual(yearOf(false, [["2026-01", 30], ["2026-02", 60]]), 90)
  })

  it.each<[string, number | null | undefined]>([
    ["50000", 50_000],
    ["50,000", 50_000],
    ["50.000", 50_000],
    ["€ 50.000,00", 50_000],
    ["50,000.50 EUR", 50_000.5],
    ["1,234,567", 1_234_567],
    ["50 000", 50_000],
    ["1'500", 1_500],
    ["12,5", 12.5],
    ["12.50", 12.5],
    ["45 %", 45],
    ["", null],
    ["–", null],
    ["0", 0],
    ["ten", undefined],
    ["-5", undefined],
    ["1e5", undefined]
  ])("the text %j is %s", (text, number) => {
    assert.strictEqual(numberIn(text), number)
  })

  it("a stored number has the separators of the language, and is read as the same number", () => {
    for (const [language, text] of [["en-US", "7,000,000.5"], ["de", "7.000.000,5"], ["es", "7.000.000,5"]] as const) {
      setMessages({ page, presentation, locale: language })
      assert.strictEqual(textIn(new Map(), () => 7_000_000.5)("ana", "2026-10"), text)
      for (const number of [0, 0.125, 12.25, 999.999, 1_234, 1_234.567, 50_000, 7_000_000.5]) {
        assert.strictEqual(numberIn(numberText(number)), number, numberText(number))
      }
    }
    inEnglish()
    assert.strictEqual(textIn(new Map([[cellKey("ana", "2026-10"), "7e"]]), () => 7)("ana", "2026-10"), "7e")
    assert.strictEqual(textIn(new Map(), () => undefined)("ana", "2026-10"), "")
  })

  it("pasted text has a row for each line and a cell for each tab", () => {
    assert.deepStrictEqual(pastedCells("€ 1.500,00\t2\r\n x \t\r\n"), [["1,500", "2"], ["x", ""]])
  })

  it.each(["en", "de"])(
    "a pasted number with three decimals is stored as this number in the language %s",
    (language) => {
      setMessages({ page, presentation, locale: language })
      const [[thousands = "", small = ""] = []] = pastedCells("4.166,667\t0.125")
      const typed = new Map([[cellKey("ana", "2026-10"), thousands], [cellKey("ana", "2026-11"), small]])
      assert.deepStrictEqual(changesOf(typed, () => undefined), [
        { row: "ana", values: { "2026-10": 4_166.667, "2026-11": 125 } }
      ])
      inEnglish()
    }
  )

  it("only cells whose number changed are sent, and an emptied cell is null", () => {
    const stored: Record<string, number> = { "ana 2026-10": 5, "ana 2026-11": 6 }
    const typed = new Map([
      [cellKey("ana", "2026-10"), "5.00"],
      [cellKey("ana", "2026-11"), ""],
      [cellKey("bo", "2026-10"), "7"],
      [cellKey("bo", "2026-12"), "x"]
    ])
    assert.deepStrictEqual(changesOf(typed, (owner, month) => stored[`${owner} ${month}`]), [
      { row: "ana", values: { "2026-11": null } },
      { row: "bo", values: { "2026-10": 7 } }
    ])
  })

  const [october, november] = [cellKey("ana", "2026-10"), cellKey("ana", "2026-11")]
  const stored = () => 1_500

  it("a cell with the text of its stored number is not kept as typed", () => {
    const typed = withCells(
      { texts: new Map([[october, "7"]]) },
      new Map([[october, "1,500"], [november, "x"]]),
      stored
    )
    assert.deepStrictEqual([...typed.texts], [[november, "x"]])
    assert.deepStrictEqual([...withCells(typed, new Map([[november, ""]]), () => undefined).texts], [])
  })

  it("a text that equals the stored number after a failed save does not count as typed", () => {
    const texts = new Map([[october, "1,500"], [november, "8"]])
    assert.deepStrictEqual([...withCells({ texts }, new Map(), stored).texts], [[november, "8"]])
  })

  it("texts of a row that is not shown any more are not among those of the shown rows", () => {
    const typed = new Map([[october, "7"], [cellKey("bo", "2026-10"), "x"]])
    assert.deepStrictEqual([...textsOf(typed, [{ id: "ana" }, { id: "cy" }])], [[october, "7"]])
  })

  it("a text that is typed during a save stays after it, also that of the number before the save", () => {
    const sent = new Map([[october, "7"], [november, "8"]])
    const during = withCells({ sent, texts: sent }, new Map([[october, "1,500"]]), stored)
    assert.deepStrictEqual(afterSave(during), { texts: new Map([[october, "1,500"]]) })
  })

  it("an amount is in the currency of its target, and the most frequent currency of the rows is the first", () => {
    const currencyOf = currencyIn([{ for: "mia", currency: "USD" }, { for: "bo", currency: "EUR" }], "EUR")
    assert.deepStrictEqual(["organization", "mia", "bo", "carlos"].map(currencyOf), ["EUR", "USD", "EUR", "EUR"])
    assert.strictEqual(currencyIn([{ for: "mia", currency: null }], "EUR")("mia"), "EUR")
    const rows = [{ id: "mia", name: "Mia" }, { id: "bo", name: "Bo" }, { id: "carlos", name: "Carlos" }]
    assert.deepStrictEqual(currenciesOf(rows, currencyOf), [
      { currency: "EUR", names: ["Bo", "Carlos"] },
      { currency: "USD", names: ["Mia"] }
    ])
  })

  it("a stage without deals has 0, and no stage has a number before the count or after it failed", () => {
    const series = categorySeries(["Offer"], () => 7)
    assert.strictEqual(valueIn(series, "key_0"), 7)
    assert.strictEqual(valueIn(series, "key_1"), 0)
    assert.isNull(valueIn(undefined, "key_0"))
    assert.isNull(valueIn({ ...series, error: { code: "timeout", message: "Too long." } }, "key_0"))
  })

  it("a save ends after its slowest request, also if another one is refused first", async () => {
    const [slow, refused] = [Promise.withResolvers<string>(), Promise.reject(new Error("refused"))]
    const ends: Array<string> = []
    const saving = allSaved([slow.promise.then(() => ends.push("stored")), refused]).catch(({ message }: Error) =>
      ends.push(message)
    )
    await setImmediate()
    slow.resolve("stored")
    await saving
    assert.deepStrictEqual(ends, ["stored", "refused"])
    await allSaved([slow.promise])
  })
})
