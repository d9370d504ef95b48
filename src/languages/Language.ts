/** The languages that have messages. The first is the default. */
export const languages = ["en", "es", "de"] as const

export type Language = (typeof languages)[number]

/** The language of a BCP 47 tag such as `de-AT`, or undefined if it has no messages. */
export const languageOf = (locale: string): Language | undefined => {
  const [wanted] = locale.toLowerCase().split("-")
  return languages.find((language) => language === wanted)
}

/** The first of the preferred locales whose language has messages, such as `de-AT`. The default is `en`. */
export const localeOf = (preferred: ReadonlyArray<string>): string =>
  preferred.find((locale) => languageOf(locale) !== undefined) ?? languages[0]
