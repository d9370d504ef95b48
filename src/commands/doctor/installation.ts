import { Effect } from "effect"
import { typst } from "../../documents/typst.ts"
import { builtPage } from "../../http/Page.ts"
import { advice, ok } from "./Finding.ts"

/** `start.mjs` refuses an old Node before this code is loaded. */
export const installation = Effect.gen(function*() {
  const module = yield* Effect.promise(typst)
  return [
    ok(`Node is ${process.versions.node}`),
    builtPage() === undefined
      ? advice("the page is not built, so / leads to /docs: run npm run page with the development dependencies")
      : ok("the page is built"),
    module === undefined
      ? advice("the package for PDF files is not installed, so a PDF gets 501: run npm ci without --omit=optional")
      : ok("PDF files can be made")
  ]
})
