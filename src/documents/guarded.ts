/** A formula behind blanks that a program trims: `csv-stringify` guards one that stands first. */
const hidden = /^[\s\p{C}]+[=+\-@＝＋－＠]/u

/** A text that no spreadsheet runs, in one line: some programs end a row at a line break inside quotes. */
export const guarded = (text: string): string => {
  const line = text.toWellFormed().replaceAll(/\p{Cc}+/gu, " ")
  return hidden.test(line) ? `'${line}` : line
}
