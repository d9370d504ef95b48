/** Matches a formula after blanks or a line feed. `csv-stringify` escapes the other formulas. */
const hidden = /^(?![\t\r])[\s\p{C}]+[=+\-@＝＋－＠]|^\n/u

/** Escapes a text so that a spreadsheet does not run it. */
export const guarded = (text: string): string => hidden.test(text) ? `'${text}` : text
