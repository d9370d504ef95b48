import { assert, describe, it } from "@effect/vitest"
import { catalogTextsIn } from "../../src/languages/catalogTexts.ts"
import { localizationOf } from "../../src/languages/messagesOf.ts"
import { dealsTable, sharesTable } from "../../src/metrics/crm.ts"
import { fieldText } from "../../src/presentation/inLanguage.ts"
import { notesOf } from "../../src/presentation/notesOf.ts"
import { metaOf, statSeries } from "../gallery/hostile.ts"

describe("the fields of records", () => {
  it("the modes of a share have names in each language, and other modes stay", () => {
    const named = (language: string) => {
      const localization = localizationOf(language)
      const textOf = (mode: string) =>
        fieldText({ text: "English", values: [mode] }, "mode", () => undefined, localization)
      return ["percent", "fixed", "other"].map(textOf)
    }
    const { known } = sharesTable.fields.mode
    assert.deepStrictEqual(known.map(({ value }) => value), ["percent", "fixed"])
    assert.deepStrictEqual(named("en"), [...known.map(({ label }) => label), "other"])
    assert.deepStrictEqual(named("de"), ["Prozent", "Fester Betrag", "other"])
    assert.deepStrictEqual(named("es"), ["Porcentaje", "Importe fijo", "other"])
  })
})

describe("the stages without a weight", () => {
  it.each(["en", "es", "de"])(
    "a note has the names of the catalog in %s, and other stages keep their label",
    (language) => {
      const localization = localizationOf(language)
      const texts = catalogTextsIn(language)
      const noteOf = (stage: string, label: string) =>
        notesOf(
          statSeries(1, null, null, metaOf("money", { withoutWeight: [{ stage, label, count: 3, total: 40 }] })),
          localization
        ).join()
      for (const { label, value } of dealsTable.fields.stage.known) {
        const name = texts(`stage.${value}`) ?? assert.fail(value)
        assert.include(noteOf(value, label), name)
        if (language !== "en") assert.notInclude(noteOf(value, label), label)
      }
      assert.include(noteOf("their_own", "Their own"), "Their own")
    }
  )
})
