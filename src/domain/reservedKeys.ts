/** Key of null. */
export const none = "~none"

/** Key of the groups beyond the largest. */
export const other = "~other"

const pointProperties = new Set(["bucket", "partial", "__proto__"])

/** Migration 0001 has the same check. */
export const isReservedKey = (value: string): boolean => {
  const trimmed = value.trim()
  return trimmed.startsWith("~") || pointProperties.has(trimmed)
}
