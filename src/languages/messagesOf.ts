import { presentation as german } from "./compiled/de/presentation.ts"
import { presentation as english } from "./compiled/en/presentation.ts"
import { presentation as spanish } from "./compiled/es/presentation.ts"
import { type Language, languageOf, languages } from "./Language.ts"

const all = {
  en: { presentation: english },
  es: { presentation: spanish },
  de: { presentation: german }
} as const

/** The messages of a language. */
export type Messages = (typeof all)[Language]

/** The messages in the language of a locale such as `de-AT`. The default is English. */
export const messagesOf = (locale: string): Messages => all[languageOf(locale) ?? languages[0]]
