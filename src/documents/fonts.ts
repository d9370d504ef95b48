import { type Font, openSync } from "fontkit"
import { createRequire } from "node:module"

const { resolve } = createRequire(import.meta.url)

const regular = resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf")
const semiBold = resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf")
/** DejaVu Sans has the arrows, Hebrew and Arabic that Inter lacks. */
const dejaVu = resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf")
const emoji = resolve("@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf")

/** System fonts differ between machines, so they are not used. */
export const fontFiles: ReadonlyArray<string> = [regular, semiBold, dejaVu, emoji]

/** Each character is drawn in the first font that contains it. */
export const fontFamilies = ["Inter", "DejaVu Sans", "Noto Emoji"] as const

const opened = (file: string): Font => {
  const font = openSync(file)
  if ("fonts" in font) throw new Error(`${file} is a collection of fonts`)
  return font
}

const fallbacks = [opened(dejaVu), opened(emoji)]
const faces = { regular: [opened(regular), ...fallbacks], semiBold: [opened(semiBold), ...fallbacks] }

/** White space and invisible characters need no glyph. */
export const hasGlyphs = (text: string): boolean =>
  (text.match(/[^\s\p{Cf}]/gu) ?? []).every((character) =>
    faces.regular.some((font) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0))
  )

export type Weight = keyof typeof faces

const widths = { regular: new Map<number, number>(), semiBold: new Map<number, number>() }

/** Returns the width of a character in ems. */
const advance = (codePoint: number, weight: Weight): number => {
  const known = widths[weight].get(codePoint)
  if (known !== undefined) return known
  const face = faces[weight].find((font) => font.hasGlyphForCodePoint(codePoint))
  const width = face === undefined ? 0.6 : face.glyphForCodePoint(codePoint).advanceWidth / face.unitsPerEm
  widths[weight].set(codePoint, width)
  return width
}

/** The width is in pixels, without kerning and ligatures. */
export const measureText = (text: string, fontSize: number, weight: Weight = "regular"): number => {
  let ems = 0
  for (const character of text) ems += advance(character.codePointAt(0) ?? 0, weight)
  return ems * fontSize
}

export const fittedText = (text: string, width: number, fontSize: number, weight: Weight = "regular"): string => {
  if (measureText(text, fontSize, weight) <= width) return text
  const characters = [...text]
  let room = width - measureText("…", fontSize, weight)
  const kept = characters.findIndex((character) => {
    room -= measureText(character, fontSize, weight)
    return room < 0
  })
  return `${characters.slice(0, Math.max(0, kept)).join("").trimEnd()}…`
}

export const wrappedText = (text: string, width: number, fontSize: number, most: number): ReadonlyArray<string> => {
  if (text === "") return []
  const lines: Array<string> = []
  for (const word of text.split(" ")) {
    const line = lines.at(-1)
    const longer = line === undefined ? word : `${line} ${word}`
    const isNew = line === undefined || (lines.length < most && measureText(longer, fontSize) > width)
    if (isNew) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines.map((line) => fittedText(line.trim(), width, fontSize))
}
