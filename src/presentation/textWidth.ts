/** These are widths of the printable ASCII characters in Inter, in hundredths of an em. */
const ascii = [
  29,
  29,
  47,
  64,
  65,
  99,
  65,
  30,
  37,
  37,
  51,
  67,
  29,
  46,
  29,
  37,
  64,
  41,
  61,
  62,
  65,
  60,
  63,
  57,
  62,
  63,
  29,
  31,
  67,
  67,
  67,
  52,
  97,
  69,
  66,
  74,
  73,
  61,
  60,
  75,
  75,
  27,
  58,
  68,
  57,
  91,
  76,
  77,
  64,
  77,
  65,
  65,
  65,
  75,
  69,
  99,
  69,
  68,
  63,
  37,
  37,
  37,
  48,
  46,
  33,
  57,
  62,
  58,
  62,
  59,
  38,
  62,
  60,
  25,
  25,
  55,
  25,
  88,
  60,
  60,
  62,
  62,
  38,
  53,
  33,
  60,
  57,
  82,
  55,
  57,
  56,
  43,
  34,
  43,
  67
]
const wide = /[\u1100-\uffff—…]|\p{Extended_Pictographic}/u
const other = 68

/** An accented letter is as wide as the letter without its accent. */
const hundredths = (character: string): number => {
  const [letter = character] = character.normalize("NFD")
  const known = ascii[(letter.codePointAt(0) ?? 0) - 32]
  if (known !== undefined) return known
  return wide.test(character) ? 101 : other
}

/** This is less than 100, because a renderer may draw a text wider than the sum of its characters. */
const hundredthsPerEm = 98
const roundingPixels = 1

/** The estimate is an upper limit in pixels, and is equal in browser and service. */
export const textWidth = (text: string, fontSize: number): number => {
  const sum = [...text].reduce((width, character) => width + hundredths(character), 0)
  return Math.ceil(sum * fontSize / hundredthsPerEm) + roundingPixels
}

export const clipped = (text: string, width: number, fontSize: number): string => {
  if (textWidth(text, fontSize) <= width) return text
  const characters = [...text]
  const kept = characters.findIndex((_, index) =>
    textWidth(`${characters.slice(0, index + 1).join("")}…`, fontSize) > width
  )
  return `${characters.slice(0, Math.max(1, kept)).join("").trimEnd()}…`
}
