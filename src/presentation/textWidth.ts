const narrow = /[ijlItf.,:;'|!()[\] ]/
const wide = /[mwMW@%—]|[\u1100-\uffff]|\p{Extended_Pictographic}/u
const capital = /[A-Z0-9&]/

const ems = (character: string) => {
  if (narrow.test(character)) return 0.32
  if (wide.test(character)) return 0.98
  return capital.test(character) ? 0.68 : 0.58
}

/** Estimates an upper limit in pixels, which is equal in browser and service. */
export const textWidth = (text: string, fontSize: number): number => {
  const sum = [...text].reduce((width, character) => width + ems(character), 0)
  return Math.ceil(sum * fontSize)
}

export const clipped = (text: string, width: number, fontSize: number): string => {
  if (textWidth(text, fontSize) <= width) return text
  const characters = [...text]
  const kept = characters.findIndex((_, index) =>
    textWidth(`${characters.slice(0, index + 1).join("")}…`, fontSize) > width
  )
  return `${characters.slice(0, Math.max(1, kept)).join("").trimEnd()}…`
}
