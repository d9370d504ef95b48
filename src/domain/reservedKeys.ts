export const none = "~none"

/** In a series, this key stands for the smaller groups, added up. */
export const other = "~other"

const pointProperties = new Set(["bucket", "partial", "__proto__"])

export const isReservedKey = (value: string): boolean => {
  const trimmed = value.trim()
  return trimmed.startsWith("~") || pointProperties.has(trimmed)
}
