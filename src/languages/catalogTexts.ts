import type { CatalogMessages } from "./compiled/catalog.ts"
import { messagesOf } from "./messagesOf.ts"

const isText = (texts: CatalogMessages, key: string): key is keyof CatalogMessages => Object.hasOwn(texts, key)

/** Returns the first text of the catalog with one of the keys, such as `status.won`, in the language of a locale. */
export const catalogTextsIn = (locale: string) => {
  const texts = messagesOf(locale).catalog
  return (...keys: ReadonlyArray<string>): string | undefined => {
    const key = keys.find((one) => isText(texts, one))
    return key !== undefined && isText(texts, key) ? texts[key]() : undefined
  }
}
