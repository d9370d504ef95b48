import { catalog as germanCatalog } from "./compiled/de/catalog.ts"
import { design as germanDesign } from "./compiled/de/design.ts"
import { documents as germanDocuments } from "./compiled/de/documents.ts"
import { mails as germanMails } from "./compiled/de/mails.ts"
import { presentation as german } from "./compiled/de/presentation.ts"
import { catalog as englishCatalog } from "./compiled/en/catalog.ts"
import { design as englishDesign } from "./compiled/en/design.ts"
import { documents as englishDocuments } from "./compiled/en/documents.ts"
import { mails as englishMails } from "./compiled/en/mails.ts"
import { presentation as english } from "./compiled/en/presentation.ts"
import { catalog as spanishCatalog } from "./compiled/es/catalog.ts"
import { design as spanishDesign } from "./compiled/es/design.ts"
import { documents as spanishDocuments } from "./compiled/es/documents.ts"
import { mails as spanishMails } from "./compiled/es/mails.ts"
import { presentation as spanish } from "./compiled/es/presentation.ts"
import { type Language, languageOf, languages } from "./Language.ts"
import type { Localization } from "./Localization.ts"

const all = {
  en: {
    presentation: english,
    documents: englishDocuments,
    catalog: englishCatalog,
    mails: englishMails,
    design: englishDesign
  },
  es: {
    presentation: spanish,
    documents: spanishDocuments,
    catalog: spanishCatalog,
    mails: spanishMails,
    design: spanishDesign
  },
  de: {
    presentation: german,
    documents: germanDocuments,
    catalog: germanCatalog,
    mails: germanMails,
    design: germanDesign
  }
} as const

/** The messages of a language. */
export type Messages = (typeof all)[Language]

/** The messages in the language of a locale such as `de-AT`. The default is English. */
export const messagesOf = (locale: string): Messages => all[languageOf(locale) ?? languages[0]]

export const localizationOf = (locale: string): Localization => ({ locale, t: messagesOf(locale).presentation })
