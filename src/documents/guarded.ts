/** A spreadsheet can trim leading blanks and then run a formula. */
const hidden = /^[\s\p{C}]+[=+\-@＝＋－＠]/u

/** Some programs also start a cell after these characters, because quotes are set only around commas. */
const hiddenAfter = /([;|])(?=[\s\p{C}]*[=+\-@＝＋－＠])/gu

/** Some programs end a row at a line break inside quotes. */
export const guarded = (text: string): string => {
  const line = text.toWellFormed().replaceAll(/\p{Cc}+/gu, " ").replaceAll(hiddenAfter, "$1'")
  return hidden.test(line) ? `'${line}` : line
}
