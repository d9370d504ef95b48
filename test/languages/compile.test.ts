import { assert, describe, it } from "@effect/vitest"
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { compiled, type Sources, sourcesIn } from "../../src/languages/compile.ts"
import { languages, localeOf } from "../../src/languages/Language.ts"

const folder = join(import.meta.dirname, "../../src/languages/compiled")

const english = { "en/page.json": { cards: "{count, plural, one {# card} other {# cards}} of {name}", save: "Save" } }

const withSpanishAndGerman = (german: Sources[string]): Sources => ({
  ...english,
  "es/page.json": { cards: "{count, plural, one {# tarjeta} other {# tarjetas}} de {name}", save: "Guardar" },
  "de/page.json": german
})

const german = { cards: "{count, plural, one {# Karte} other {# Karten}} von {name}", save: "Speichern" }

describe("the messages", () => {
  it("the compiled files in git are those of the texts", () => {
    const files = compiled(sourcesIn())
    assert.sameMembers(
      globSync("**/*.ts", { cwd: folder }).map((path) => path.replaceAll("\\", "/")),
      Object.keys(files)
    )
    for (const [path, text] of Object.entries(files)) assert.strictEqual(readFileSync(join(folder, path), "utf8"), text)
  })

  it("no text begins or ends with a blank, so a sentence is never put together from texts", () => {
    const texts = Object.entries(sourcesIn()).flatMap(([path, texts]) =>
      Object.entries(texts).map(([key, text]) => [`${path} ${key}`, text] as const)
    )
    assert.deepStrictEqual(texts.filter(([, text]) => text === "" || text !== text.trim()), [])
  })

  it("a parameter of a text is a string, and the count of a plural is a number", () => {
    const files = compiled(withSpanishAndGerman(german))
    assert.include(
      files["page.ts"],
      `readonly "cards": (values: { readonly count: number; readonly name: string }) => string`
    )
    assert.include(files["page.ts"], `readonly "save": () => string`)
    assert.sameMembers(Object.keys(files), ["page.ts", ...languages.map((language) => `${language}/page.ts`)])
  })

  it.each([
    ["a missing text", { cards: german.cards }, "de/page.json: save is missing"],
    ["an additional text", { ...german, open: "Öffnen" }, "de/page.json: open is not in English"],
    [
      "a text with another parameter",
      { ...german, cards: "{count, plural, one {# Karte} other {# Karten}} von {title}" },
      "de/page.json: cards has the parameters (values: { readonly count: number; readonly title: string })"
    ],
    ["a text without a parameter", { ...german, cards: "Karten von {name}" }, "de/page.json: cards has the parameters"],
    [
      "a count that is written as text",
      { ...german, cards: "{count} Karten von {name}" },
      "de/page.json: cards has the"
    ],
    ["a text with a wrong brace", { ...german, save: "Speichern {name" }, "de/page.json: save: "],
    [
      "a plural that German does not have",
      { ...german, cards: "{count, plural, few {} other {}}" },
      "de/page.json: cards"
    ]
  ])("%s is an error that names the file and the key", (_name, texts, message) => {
    assert.throws(() => compiled(withSpanishAndGerman(texts)), message)
  })

  it("a file without the same file in English is an error", () => {
    const sources = { ...withSpanishAndGerman(german), "es/other.json": {} }
    assert.throws(() => compiled(sources), "es/other.json: there is no such file in English")
  })
})

describe("the locale of somebody", () => {
  it.each<[ReadonlyArray<string>, string]>([
    [["de-AT", "en"], "de-AT"],
    [["fr-FR", "ES-mx", "de"], "ES-mx"],
    [["fr"], "en"],
    [[], "en"]
  ])("of the preferred locales %j, %s is the first whose language has messages", (preferred, locale) => {
    assert.strictEqual(localeOf(preferred), locale)
  })
})
