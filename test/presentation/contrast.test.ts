import { assert, describe, it } from "@effect/vitest"
import { dark, light } from "../../src/presentation/themes.ts"

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

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const visions: Readonly<Record<string, ReadonlyArray<ReadonlyArray<number>>>> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
}

/** XYZ of sRGB, divided by the white point D65. */
const toXyz = [
  [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883]
]

const times = (matrix: ReadonlyArray<ReadonlyArray<number>>, vector: ReadonlyArray<number>): ReadonlyArray<number> =>
  matrix.map((row) => row.reduce((sum, factor, index) => sum + factor * (vector[index] ?? 0), 0))

/** Returns the color in CIELAB, as a person with this color vision sees it. */
const labOf = (color: string, vision: string): ReadonlyArray<number> => {
  const linear = [1, 3, 5].map((from) => channel(color.slice(from, from + 2)))
  const seen = times(visions[vision] ?? [], linear).map((value) => Math.min(1, Math.max(0, value)))
  const [x = 0, y = 0, z = 0] = times(toXyz, seen).map((value) =>
    value > 216 / 24_389 ? Math.cbrt(value) : (24_389 / 27 * value + 16) / 116
  )
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
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
  it("each theme has ten colors of marks, of the same names", () => {
    assert.deepStrictEqual(Object.keys(dark.colors), Object.keys(light.colors))
    assert.strictEqual(new Set(Object.values(light.colors)).size, 10)
    assert.strictEqual(new Set(Object.values(dark.colors)).size, 10)
  })
  it.each(texts)(
    "the contrast of $text text with the $below behind it is at least 4.5:1 in the $name theme",
    ({ color, on }) => {
      assert.isAtLeast(contrast(color, on), 4.5)
    }
  )
  it.each(marks)(
    "the contrast of $mark marks with the card behind them is at least 3:1 in the $name theme",
    (one) => {
      assert.isAtLeast(contrast(one.color, one.surface), 3)
    }
  )
  it.each([light, dark].flatMap((theme) => Object.keys(visions).map((vision) => [theme.name, vision, theme] as const)))(
    "in the %s theme, any two colors of marks differ by at least 10 (CIE76) with %s vision",
    (_name, vision, { colors }) => {
      const seen = Object.entries(colors).map(([name, color]) => ({ name, lab: labOf(color, vision) }))
      const close = seen.flatMap((one, index) =>
        seen.slice(index + 1).flatMap((other) => {
          const distance = Math.hypot(...one.lab.map((value, axis) => value - (other.lab[axis] ?? 0)))
          return distance < 10 ? [`${one.name} and ${other.name}: ${distance.toFixed(1)}`] : []
        })
      )
      assert.deepStrictEqual(close, [])
    }
  )
})
