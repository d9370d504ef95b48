import { Effect } from "effect"
import { HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"
import { Admission, Visitor } from "../services/admission/Admission.ts"
import { Subscriptions } from "../services/deliveries/Subscriptions.ts"
import { unsubscribePath } from "../services/deliveries/unsubscribeLink.ts"
import { visitorOf } from "./Authentication.ts"
import { failureResponse } from "./middleware/errors.ts"

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const headers = { "cache-control": "no-store", "referrer-policy": "no-referrer", "content-security-policy": policy }

const page = (text: string, status: number, form = "") =>
  HttpServerResponse.text(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>Mails of a report</title><style>:root{color-scheme:light dark}body{font:17px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 16px}button{font:inherit;padding:10px 18px}</style></head><body><p>${text}</p>${form}</body></html>`,
    { status, headers, contentType: "text/html; charset=utf-8" }
  )

const invalid = page("This link is not valid, or the mails of this report have ended for everybody.", 404)
const question = page(
  "Do you want no more mails of this report?",
  200,
  `<form method="post"><button>End these mails</button></form>`
)
const ended = page("You get no more mails of this report.", 200)

/** A mail program posts to the link. A request by GET changes nothing, because programs that scan mails open links. */
export const Unsubscribe = HttpRouter.use(Effect.fnUntraced(function*(router) {
  const { end, isValid } = yield* Subscriptions
  const { forVisitor } = yield* Admission
  const answer = (act: typeof isValid, answered: HttpServerResponse.HttpServerResponse) =>
    Effect.gen(function*() {
      const request = yield* HttpServerRequest.HttpServerRequest
      const link = yield* HttpRouter.params
      const isRight = yield* Effect.provideService(forVisitor(act(link)), Visitor, visitorOf(request))
      return isRight ? answered : invalid
    }).pipe(Effect.catch(failureResponse))
  yield* router.add("GET", unsubscribePath, answer(isValid, question))
  yield* router.add("POST", unsubscribePath, answer(end, ended))
}))
