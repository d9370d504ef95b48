import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { gapReasons } from "../../src/domain/History.ts"
import { RecordsFault } from "../../src/domain/Records.ts"
import { TargetFault } from "../../src/domain/TargetFigures.ts"
import { page as german } from "../../src/languages/compiled/de/page.ts"
import { page as english } from "../../src/languages/compiled/en/page.ts"
import { page as spanish } from "../../src/languages/compiled/es/page.ts"
import { localizationOf, messagesOf } from "../../src/languages/messagesOf.ts"
import { Problem, sentence } from "../../src/page/api/Problem.ts"
import { setMessages } from "../../src/page/shell/messages.ts"
import { stateOf } from "../../src/presentation/stateOf.ts"
import { metaOf, statSeries } from "../gallery/hostile.ts"

const message = "A sentence of the service."

const codesIn = (value: unknown): ReadonlyArray<string> => {
  if (typeof value !== "object" || value === null) return []
  const found = "properties" in value ? value.properties : undefined
  const isError = typeof found === "object" && found !== null && "statusCode" in found && "code" in found
  const codes = isError && typeof found.code === "object" && found.code !== null && "enum" in found.code
    ? [found.code.enum].flat().map(String)
    : []
  return [...codes, ...Object.values(value).flatMap(codesIn)]
}

const contract: unknown = JSON.parse(readFileSync(new URL("../golden/openapi.json", import.meta.url), "utf8"))

const kinds: ReadonlyArray<
  readonly [name: string, codes: ReadonlyArray<string>, text: (locale: "en" | "es" | "de", code: string) => string]
> = [
  [
    "fault of a card or of its records",
    RecordsFault.fields.code.literals,
    (locale, code) => localizationOf(locale).t.fault({ code, message })
  ],
  [
    "fault of a target",
    TargetFault.fields.error.fields.code.literals,
    (locale, code) => localizationOf(locale).t.fault({ code, message })
  ],
  [
    "refusal of the contract",
    [...new Set(codesIn(contract))],
    (locale, code) => ({ en: english, es: spanish, de: german })[locale].problem({ code, message })
  ],
  [
    "gap of a history",
    gapReasons,
    (locale, reason) => ({ en: english, es: spanish, de: german })[locale].gapReason({ reason, message })
  ],
  [
    "end of a schedule",
    ["creator_left", "creator_demoted", "report_not_readable"],
    (locale, reason) => ({ en: english, es: spanish, de: german })[locale].endedReason({ reason, message })
  ]
]

describe("a refusal in the language of the reader", () => {
  it.each(kinds)(
    "each %s has a Spanish and a German sentence, and the English one is that of the service",
    (...kind) => {
      const [, codes, text] = kind
      assert.isAbove(codes.length, 2)
      assert.deepStrictEqual(codes.filter((code) => text("es", code) === message || text("de", code) === message), [])
      assert.deepStrictEqual(codes.filter((code) => text("en", code) !== message), [])
      assert.strictEqual(text("de", "a_new_code"), message)
    }
  )

  it("a card that failed says so in the language of the reader", () => {
    const failed = { ...statSeries(1, 1, 0, metaOf("count")), error: { code: "timeout", message } as const }
    const state = stateOf(failed, localizationOf("de"))
    assert.deepInclude(state, { kind: "failed", text: localizationOf("de").t.fault({ code: "timeout", message: "" }) })
  })

  it("the page tells a refusal of the service in its own language, and keeps what is wrong with a request", () => {
    setMessages({ page: german, presentation: messagesOf("de").presentation, locale: "de" })
    assert.strictEqual(
      sentence(new Problem(message, 403, "admins_only")),
      "Das dürfen nur Admins der Organisation."
    )
    assert.include(sentence(new Problem("title: is too long", 400, "invalid_request")), "title: is too long")
  })
})
