import { assert, describe, it } from "@effect/vitest"
import { dark, light } from "../src/presentation/themes.ts"

const channel = (hex: string) => {
  const share = Number.parseInt(hex, 16) / 255
  return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

const luminance = (color: string) =>
  0.2126 * channel(color.slice(1, 3)) + 0.7152 * channel(color.slice(3, 5)) + 0.0722 * channel(color.slice(5, 7))

/** Returns the contrast ratio that WCAG 2.2 defines. */
const contrast = (one: string, other: string) => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

const texts = [light, dark].flatMap(({ bad, good, ink, muted, name, page, surface }) =>
  Object.entries({ normal: ink, muted, good, bad }).flatMap(([text, color]) =>
    Object.entries({ card: surface, page }).map(([below, on]) => ({ name, text, color, below, on }))
  )
)

const marks = [light, dark].flatMap(({ colors, name, surface }) =>
  Object.entries(colors).map(([mark, color]) => ({ name, mark, color, surface }))
)

describe("the themes", () => {
  it.each(texts)(
    "the contrast of $text text with the $below behind it is at least 4.5:1 in the $name theme",
    ({ color, on }) => {
      assert.isAtLeast(contrast(color, on), 4.5)
    }
  )
  it.each(marks)(
    "the contrast of $mark marks with the card behind them is at least 4.5:1 in the $name theme",
    (one) => {
      assert.isAtLeast(contrast(one.color, one.surface), 4.5)
    }
  )
})
