/** A formula behind blanks that a program trims, or behind a line feed: `csv-stringify` guards the other ones. */
const hidden = /^(?![\t\r])[\s\p{C}]+[=+\-@＝＋－＠]|^\n/u

/** A text that no spreadsheet runs. */
export const guarded = (text: string): string => hidden.test(text) ? `'${text}` : text
