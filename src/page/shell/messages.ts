import type { PageMessages } from "../../languages/compiled/page.ts"
import type { PresentationMessages } from "../../languages/compiled/presentation.ts"
import type { Localization } from "../../languages/Localization.ts"
import { knownZone } from "../../presentation/knownZone.ts"

export interface Messages {
  readonly page: PageMessages
  readonly presentation: PresentationMessages
  /** The language of numbers and dates, such as `de-AT`. It has the language of the messages. */
  readonly locale: string
}

const held: { locale: string; timeZone: string | undefined } = { locale: "en", timeZone: undefined }

export const locale = (): string => held.locale

/** The time zone of the organization, in which all times are written. Before the options are read, times are in the zone of the browser. */
export const timeZone = (): string | undefined => held.timeZone

/** A browser that does not know the zone writes times in its own. So does each browser if the zone is undefined. */
export const setTimeZone = (name: string | undefined): void => {
  held.timeZone = knownZone(name)
}

/** A saved report may have null or a zone that only the service knows. Then, the zone of the organization is used. */
export const zoneOr = (name: string | null | undefined): string | undefined => knownZone(name) ?? held.timeZone

/** The messages of the page in its language. They are set before the page is drawn, and not while modules are loaded. */
export let t: PageMessages
/** The messages of `src/presentation` in the language of the page. */
let presentation: PresentationMessages

export const setMessages = (messages: Messages): void => {
  t = messages.page
  presentation = messages.presentation
  held.locale = messages.locale
}

/** For the functions of `src/presentation`. */
export const localization = (): Localization => ({ locale: locale(), t: presentation })
