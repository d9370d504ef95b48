/** `counted(1, "row is", "rows are")` is `1 row is`. */
export const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`
