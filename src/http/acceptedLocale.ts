import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { isLocale } from "../domain/Export.ts"
import { localeOf } from "../languages/Language.ts"

const quality = (parameters: ReadonlyArray<string>) =>
  Number(parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((q) => q !== undefined) ?? 1)

const preferredIn = (header: string): ReadonlyArray<string> =>
  header.split(",").map((part) => {
    const [tag = "", ...parameters] = part.split(";")
    return { tag: tag.trim(), quality: quality(parameters) }
  }).filter(({ quality, tag }) => quality > 0 && isLocale(tag)).toSorted((a, b) => b.quality - a.quality).map((
    { tag }
  ) => tag)

/** The first locale of `Accept-Language` whose language has messages, such as `de-AT`. The default is `en`. */
export const acceptedLocale = Effect.map(
  HttpServerRequest.HttpServerRequest,
  ({ headers }) => localeOf(preferredIn(headers["accept-language"] ?? ""))
)
