import type { Meta } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { knownZone } from "./knownZone.ts"

type Window = NonNullable<Meta["window"]>

const dayIn = (window: Window, locale: string) => {
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: knownZone(window.timeZone)
  })
  return (instant: number) => format.format(instant)
}

/** The label shows the last day of the window, as in `1 Dec 2025 – 30 Nov 2026`. */
export const windowLabel = (window: Meta["window"], { locale, t }: Localization): string => {
  if (window === undefined) return t.now()
  const day = dayIn(window, locale)
  const last = day(Date.parse(window.to) - 1)
  if (window.from === null) return t.until({ day: last })
  const first = day(Date.parse(window.from))
  return first === last ? first : `${first} – ${last}`
}
