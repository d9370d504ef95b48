import { assert, describe, it } from "@effect/vitest"
import { filtersOf } from "../../../src/design/filtersOf.ts"
import { wordsOf } from "../../../src/design/words.ts"
import { options, tagIds } from "../../wishes/Wish.ts"

const read = (wish: string, tag: string) => {
  const { chosen, excluded, rest } = filtersOf(wordsOf(wish), {
    ...options,
    tags: [{ id: tagIds.vip, name: tag, color: "red" }]
  })
  return { chosen: chosen.map(({ name }) => name), excluded, rest: rest.map(({ text }) => text).join(" ") }
}

describe("names in wishes", () => {
  it.each(["★", "Plus", "Y"])("no wish can name the tag %s, so a word still excludes another name", (tag) => {
    assert.deepStrictEqual(read("leads, website excluded", tag), {
      chosen: [],
      excluded: ["Website excluded"],
      rest: "leads"
    })
  })

  it.each([
    ["leads in 2026", "2026", [], "leads in 2026"],
    ["calls Q3", "Q3", [], "calls Q3"],
    ["leads since March 2025", "March 2025", [], "leads since March 2025"],
    ["leads with the tag 2026 in 2025", "2026", ["2026"], "leads with the in 2025"],
    ["leads tagged Q3", "Q3", ["Q3"], "leads"]
  ])("the date in “%s” is the tag %s only after the word of its field", (wish, tag, chosen, rest) => {
    assert.deepStrictEqual(read(wish, tag), { chosen, excluded: [], rest })
  })
})
