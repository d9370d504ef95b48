import "effect/schema/SchemaJITCompiler/enable"
import { Effect } from "effect"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import type { BrowserContextOptions, Page } from "playwright-core"
import { drawn, isBrowserMissing, launched, opened } from "./support/browser.ts"
import { pageService } from "./support/PageService.ts"

const folder = join(import.meta.dirname, "../../docs/pictures")

interface Picture {
  readonly name: string
  readonly options?: BrowserContextOptions
  readonly show?: (page: Page) => Promise<void>
}

const pictures: ReadonlyArray<Picture> = [
  { name: "page-light", options: { viewport: { width: 1440, height: 1180 } } },
  { name: "page-dark", options: { viewport: { width: 1440, height: 1180 }, colorScheme: "dark" } },
  { name: "page-phone", options: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 } },
  {
    name: "page-builder",
    show: async (page) => {
      await page.getByRole("button", { name: "Edit", exact: true }).click()
      await page.getByRole("button", { name: "Add a card" }).click()
      await page.locator(".metric").first().click()
      await page.getByLabel("Split by").selectOption("source")
      await page.locator(".preview .plot svg").waitFor()
      await page.waitForTimeout(1_500)
    }
  },
  {
    name: "page-team",
    options: { viewport: { width: 1440, height: 1180 } },
    show: async (page) => {
      await page.getByRole("link", { name: "Team board" }).click()
      await page.getByRole("heading", { level: 1, name: "Team board" }).waitFor()
      await page.waitForTimeout(1_500)
    }
  }
]

const taken = Effect.fnUntraced(function*(address: string) {
  const browser = yield* Effect.acquireRelease(
    Effect.promise(() => launched()),
    (browser) => Effect.promise(() => browser.close())
  )
  for (const { name, options = {}, show } of pictures) {
    yield* Effect.promise(async () => {
      const { page } = await opened(browser, `${address}/app/`, { ...options, isLive: true })
      await drawn(page, 11)
      await show?.(page)
      await page.screenshot({ path: join(folder, `${name}.png`) })
      await page.close()
    })
  }
})

/** Makes the pictures of the documentation. */
const main = Effect.gen(function*() {
  if (isBrowserMissing) return
  mkdirSync(folder, { recursive: true })
  yield* taken(yield* pageService({}, 5_000))
})

await Effect.runPromise(Effect.scoped(main))
