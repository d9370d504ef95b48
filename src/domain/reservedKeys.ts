export const none = "~none"

/** An admin selects the rows that no member owns or is assigned to with this id. */
export const nobody = "~nobody"

/** In a series, this key stands for the smaller groups, added up. */
export const other = "~other"

const pointProperties = new Set(["bucket", "partial", "__proto__"])

export const isReservedKey = (value: string): boolean => {
  const trimmed = value.trim()
  return trimmed.startsWith("~") || pointProperties.has(trimmed)
}
