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

  it.each([
    ["leads tagged VIP and 2026", ["2026", "VIP"], []],
    ["leads with the tags VIP and 2026", ["2026", "VIP"], []],
    ["leads tag VIP, Jan, 2026", ["2026", "Jan", "VIP"], []],
    ["leads mit Schlagwort Jan oder VIP", ["Jan", "VIP"], []],
    ["leads tagged VIP in 2026", ["VIP"], []],
    ["leads VIP 2026", ["VIP"], []],
    ["leads without Jan", [], ["without Jan"]],
    ["leads, Jan excluded", [], ["Jan excluded"]],
    ["leads except Jan and 2026", [], ["except 2026", "except Jan"]],
    ["leads without VIP in 2026", [], ["without VIP"]],
    ["leads without a source in 2026", [], []],
    ["leads not from 2026", [], []]
  ])("in “%s”, a date in a list of tags or after an exclusion is a tag", (wish, tags, excluded) => {
    const { chosen, ...found } = filtersOf(wordsOf(wish), {
      ...options,
      tags: ["VIP", "2026", "Jan"].map((name) => ({ id: name, name, color: "red" }))
    })
    assert.deepStrictEqual([chosen.map(({ name }) => name).sort(), found.excluded.toSorted()], [tags, excluded])
    assert.strictEqual(found.rest.some(({ text }) => text === "2026"), /(?:in|from|VIP) 2026$/.test(wish))
  })
})
