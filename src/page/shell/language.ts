import { useSyncExternalStore } from "react"
import type { PageMessages } from "../../languages/compiled/page.ts"
import type { PresentationMessages } from "../../languages/compiled/presentation.ts"
import { type Language, languageOf, languages, localeOf } from "../../languages/Language.ts"
import { ifAllowed } from "./ifAllowed.ts"

/** With `browser`, the page has the first language of the browser that it knows. */
export type LanguageChoice = Language | "browser"

interface OfPage {
  readonly page: PageMessages
}

interface OfPresentation {
  readonly presentation: PresentationMessages
}

/** The messages of the page in its language. They are set before the page is drawn, and not while modules are loaded. */
export let t: PageMessages
/** The messages of `src/presentation` in the language of the page. */
export let presentation: PresentationMessages

export const setMessages = (messages: OfPage & OfPresentation): void => {
  t = messages.page
  presentation = messages.presentation
}

const both = async (...parts: readonly [Promise<OfPage>, Promise<OfPresentation>]) => {
  const [page, ofPresentation] = await Promise.all(parts)
  return { ...page, ...ofPresentation }
}

/** Each function loads the messages of one language. */
const messagesIn: { readonly [language in Language]: () => Promise<OfPage & OfPresentation> } = {
  en: () => both(import("../../languages/compiled/en/page.ts"), import("../../languages/compiled/en/presentation.ts")),
  es: () => both(import("../../languages/compiled/es/page.ts"), import("../../languages/compiled/es/presentation.ts")),
  de: () => both(import("../../languages/compiled/de/page.ts"), import("../../languages/compiled/de/presentation.ts"))
}

const place = "crm-reports.language"

const keptChoice = (): LanguageChoice => {
  const kept = ifAllowed(() => localStorage.getItem(place))
  return languages.find((language) => language === kept) ?? "browser"
}

const held: { choice: LanguageChoice; locale: string } = { choice: "browser", locale: "en" }
const listeners = new Set<() => void>()

/** The language of numbers and dates, such as `de-AT`. It has the language of the messages. */
export const locale = (): string => held.locale

const wantedLocale = (choice: LanguageChoice): string => {
  const preferred = [...navigator.languages]
  return choice === "browser" ? localeOf(preferred) : preferred.find((one) => languageOf(one) === choice) ?? choice
}

const show = async (choice: LanguageChoice) => {
  const wanted = wantedLocale(choice)
  const language = languageOf(wanted) ?? languages[0]
  held.choice = choice
  const messages = await messagesIn[language]()
  // A later choice may have been made meanwhile.
  if (held.choice !== choice) return
  setMessages(messages)
  held.locale = wanted
  document.documentElement.lang = language
  for (const listener of listeners) listener()
}

/** Loads the language of the page before it is drawn. */
export const loadLanguage = (): Promise<void> => show(keptChoice()).catch(() => show(languages[0]))

export const chooseLanguage = async (choice: LanguageChoice): Promise<void> => {
  const before = held.choice
  try {
    await show(choice)
    ifAllowed(() => localStorage.setItem(place, choice))
  } catch (error) {
    held.choice = before
    throw error
  }
}

export const languageChoice = (): LanguageChoice => held.choice

/** Draws again when the language has changed. */
export const useLocale = (): string =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, locale)
