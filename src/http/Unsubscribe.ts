import { Effect } from "effect"
import { HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"
import { languageOf, languages } from "../languages/Language.ts"
import { messagesOf } from "../languages/messagesOf.ts"
import { Admission, Visitor } from "../services/admission/Admission.ts"
import { Subscriptions } from "../services/deliveries/Subscriptions.ts"
import { unsubscribePath } from "../services/deliveries/unsubscribeLink.ts"
import { visitorOf } from "./door.ts"
import { failureResponse } from "./middleware/errors.ts"
import { acceptedLocale } from "./negotiation.ts"

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const headers = { "cache-control": "no-store", "referrer-policy": "no-referrer", "content-security-policy": policy }

const page = (locale: string, text: string, status: number, form = "") =>
  HttpServerResponse.text(
    `<!doctype html><html lang="${
      languageOf(locale) ?? languages[0]
    }"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${
      messagesOf(locale).mails.pageTitle()
    }</title><style>:root{color-scheme:light dark}body{font:17px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 16px}button{font:inherit;padding:10px 18px}</style></head><body><p>${text}</p>${form}</body></html>`,
    { status, headers, contentType: "text/html; charset=utf-8" }
  )

const invalid = (locale: string) => page(locale, messagesOf(locale).mails.linkInvalid(), 404)

const question = (locale: string) => {
  const t = messagesOf(locale).mails
  return page(locale, t.endQuestion(), 200, `<form method="post"><button>${t.endMails()}</button></form>`)
}

const ended = (locale: string) => page(locale, messagesOf(locale).mails.ended(), 200)

/** A mail program posts to the link. A request by GET changes nothing, because programs that scan mails open links. */
export const Unsubscribe = HttpRouter.use(Effect.fnUntraced(function*(router) {
  const { end, open } = yield* Subscriptions
  const { forVisitor } = yield* Admission
  const answer = (act: typeof open, answered: typeof ended) =>
    Effect.gen(function*() {
      const request = yield* HttpServerRequest.HttpServerRequest
      const link = yield* HttpRouter.params
      const locale = yield* Effect.provideService(forVisitor(act(link)), Visitor, visitorOf(request))
      return locale === undefined ? invalid(yield* acceptedLocale) : answered(locale)
    }).pipe(Effect.catch(failureResponse))
  yield* router.add("GET", unsubscribePath, answer(open, question))
  yield* router.add("POST", unsubscribePath, answer(end, ended))
}))
