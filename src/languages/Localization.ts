import type { PresentationMessages } from "./compiled/presentation.ts"

/** A BCP 47 tag such as `de-AT` for numbers and dates, and the messages of `src/presentation` in its language. */
export interface Localization {
  readonly locale: string
  readonly t: PresentationMessages
}
