import { assert, describe, it, vi } from "@effect/vitest"
import { measureText, wrappedText } from "../../src/documents/fonts.ts"

/** Returns how many characters were measured. */
const measuredIn = (make: () => unknown): number => {
  const measured = vi.spyOn(String.prototype, "codePointAt")
  try {
    make()
    return measured.mock.calls.length
  } finally {
    measured.mockRestore()
  }
}

describe("a text in lines", () => {
  it("a line ends before the word that would be too wide, and only the last line is cut", () => {
    const lines = wrappedText("Leads by source and by month of the year", 60, 10, 2)
    assert.lengthOf(lines, 2)
    assert.match(lines[0] ?? "", /^Leads by/)
    assert.match(lines[1] ?? "", /…$/)
    for (const line of lines) assert.isAtMost(measureText(line, 10), 60)
  })

  it("the work grows with the length of a text, not with its square", () => {
    const text = "word ".repeat(1_000)
    assert.isBelow(measuredIn(() => wrappedText(text, 200, 7, 2)), 5 * text.length)
  })
})
