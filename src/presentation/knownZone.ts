/** Returns undefined for a zone that this process or browser does not know. Then, times are written in its own zone. */
export const knownZone = (name: string | null | undefined): string | undefined => {
  try {
    return name ? new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone : undefined
  } catch {
    return undefined
  }
}
