/** Stands for null in a series. */
export const none = "~none"

/** Stands for the smaller groups of a series, added up. */
export const other = "~other"

const pointProperties = new Set(["bucket", "partial", "__proto__"])

export const isReservedKey = (value: string): boolean => {
  const trimmed = value.trim()
  return trimmed.startsWith("~") || pointProperties.has(trimmed)
}
