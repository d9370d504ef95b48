import { t } from "./messages.ts"

/** Computers of Apple have ⌘ in place of the control key. */
export const controlKey = (key: string, isWithShift = false): string => {
  if (/Mac OS X/.test(navigator.userAgent)) return isWithShift ? `⇧ ⌘ ${key}` : `⌘ ${key}`
  return isWithShift ? t.keyControlShift({ key }) : t.keyControl({ key })
}
