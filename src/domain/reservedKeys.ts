/** A series uses this key for null. */
export const none = "~none"

/** A series uses this key for the groups beyond the largest ones. */
export const other = "~other"

const pointProperties = new Set(["bucket", "partial", "__proto__"])

/** Migration 0001 makes the same check. */
export const isReservedKey = (value: string): boolean => {
  const trimmed = value.trim()
  return trimmed.startsWith("~") || pointProperties.has(trimmed)
}
