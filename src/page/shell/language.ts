import { useSyncExternalStore } from "react"
import { type Language, languageOf, languages, localeOf } from "../../languages/Language.ts"
import { ifAllowed } from "./ifAllowed.ts"
import { locale, type Messages, setMessages } from "./messages.ts"
import { untilLoaded } from "./untilLoaded.ts"

/** With `browser`, the page has the first language of the browser that it knows. */
export type LanguageChoice = Language | "browser"

const both = async (
  ...parts: readonly [Promise<Pick<Messages, "page">>, Promise<Pick<Messages, "presentation">>]
) => {
  const [page, presentation] = await Promise.all(parts)
  return { ...page, ...presentation }
}

/** Each function loads the messages of one language. */
const messagesIn: { readonly [language in Language]: () => ReturnType<typeof both> } = {
  en: () => both(import("../../languages/compiled/en/page.ts"), import("../../languages/compiled/en/presentation.ts")),
  es: () => both(import("../../languages/compiled/es/page.ts"), import("../../languages/compiled/es/presentation.ts")),
  de: () => both(import("../../languages/compiled/de/page.ts"), import("../../languages/compiled/de/presentation.ts"))
}

export const languageNames: { readonly [language in Language]: string } = {
  en: "English",
  es: "Español",
  de: "Deutsch"
}

const place = "crm-reports.language"

const keptChoice = (): LanguageChoice => {
  const kept = ifAllowed(() => localStorage.getItem(place))
  return languages.find((language) => language === kept) ?? "browser"
}

const held: { choice: LanguageChoice } = { choice: "browser" }
const listeners = new Set<() => void>()

const tell = () => {
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

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
  setMessages({ ...messages, locale: wanted })
  document.documentElement.lang = language
  tell()
}

/** Loads the language of the page before it is drawn. */
export const loadLanguage = (): Promise<void> => untilLoaded(() => show(keptChoice())).catch(() => show(languages[0]))

export const chooseLanguage = async (choice: LanguageChoice): Promise<void> => {
  const before = held.choice
  try {
    await show(choice)
    ifAllowed(() => localStorage.setItem(place, choice))
  } catch (error) {
    held.choice = before
    tell()
    throw error
  }
}

/** The component is drawn again when the choice has changed, also if the locale is the same as before. */
export const useLanguageChoice = (): LanguageChoice => useSyncExternalStore(subscribe, () => held.choice)

/** The component is drawn again when the language has changed. */
export const useLocale = (): string => useSyncExternalStore(subscribe, locale)
