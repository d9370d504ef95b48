import { afterAll, beforeAll } from "@effect/vitest"
import { Effect, Exit, Scope } from "effect"
import { existsSync } from "node:fs"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { isBrowserMissing, launched } from "./browser.ts"
import { pageService } from "./PageService.ts"

const page = join(import.meta.dirname, "../../../dist/page/index.html")

/** Starts a service and a browser for the tests of a file. */
export const setting = (more: Record<string, string> = {}) => {
  const scope = Effect.runSync(Scope.make())
  const held: { address: string; browser: Browser | undefined } = { address: "", browser: undefined }
  beforeAll(async () => {
    if (isBrowserMissing) return
    if (!existsSync(page)) throw new Error("The page is not built. Run “npm run page” first.")
    const address = await Effect.runPromise(Effect.provideService(pageService(more), Scope.Scope, scope))
    held.address = address.replace("localhost", "127.0.0.1")
    held.browser = await launched()
  })
  afterAll(async () => {
    await held.browser?.close()
    await Effect.runPromise(Scope.close(scope, Exit.void))
  })
  return {
    address: (hash = "") => `${held.address}/app/${hash}`,
    browser: (): Browser => {
      if (held.browser === undefined) throw new Error("There is no browser.")
      return held.browser
    }
  }
}
