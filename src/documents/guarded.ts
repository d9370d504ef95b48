/** A spreadsheet can trim leading blanks and then run a formula. */
const hidden = /^[\s\p{C}]+[=+\-@＝＋－＠]/u

/** Some programs end a row at a line break inside quotes. */
export const guarded = (text: string): string => {
  const line = text.toWellFormed().replaceAll(/\p{Cc}+/gu, " ")
  return hidden.test(line) ? `'${line}` : line
}
