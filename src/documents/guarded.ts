/** A spreadsheet can trim leading blanks and then run a formula. */
const hidden = /^[\s\p{C}]+[=+\-@＝＋－＠]/u

/** Some programs also start a cell after `;` or `|`, and a text with these characters has no quotes in CSV. */
const hiddenAfter = /([;|])(?=[\s\p{C}]*[=+\-@＝＋－＠])/gu

/** Some programs end a row at a line break inside quotes. */
export const guarded = (text: string): string => {
  const line = text.toWellFormed().replaceAll(/\p{Cc}+/gu, " ").replaceAll(hiddenAfter, "$1'")
  return hidden.test(line) ? `'${line}` : line
}
