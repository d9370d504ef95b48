import { assert, describe, it } from "@effect/vitest"
import { drawn, isBrowserMissing, opened, said } from "./support/browser.ts"
import { setting } from "./support/setting.ts"

const languageOf = "document.documentElement.lang"

describe.skipIf(isBrowserMissing)("the language of the page", () => {
  const { address, browser } = setting()

  it.each([
    ["de-AT", "de", "Angemeldet als"],
    ["es-MX", "es", "Sesión iniciada como"],
    ["fr-FR", "en", "Signed in as"]
  ])("a browser in %s gets the page in %s", async (locale, language, text) => {
    const { page } = await opened(browser(), address(), { locale })
    await page.getByText(text).waitFor({ state: "attached" })
    assert.strictEqual(await page.evaluate(languageOf), language)
    await page.close()
  })

  it("a chosen language is kept, and the requests ask for it", async () => {
    const { complaints, page } = await opened(browser(), address(), { locale: "en-GB" })
    await drawn(page)
    await page.getByRole("button", { name: "Signed in as" }).click()
    const asked = page.waitForRequest((request) => request.url().endsWith("/catalog"))
    await page.getByRole("combobox", { name: "Language" }).selectOption("Deutsch")
    assert.strictEqual((await asked).headers()["accept-language"], "de")
    await page.reload()
    await page.getByRole("button", { name: "Angemeldet als" }).click()
    assert.strictEqual(await page.evaluate(languageOf), "de")
    const again = page.waitForRequest((request) => request.url().endsWith("/catalog"))
    await page.getByRole("combobox", { name: "Sprache" }).selectOption("Wie im Browser")
    assert.strictEqual((await again).headers()["accept-language"], "en-GB")
    await page.getByRole("button", { name: "Signed in as" }).waitFor()
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("the page keeps its language, and says so, if another one cannot be loaded", async () => {
    const { page } = await opened(browser(), address(), { locale: "en-US" })
    await drawn(page)
    await page.route("**/assets/page-*.js", (route) => route.abort())
    await page.getByRole("button", { name: "Signed in as" }).click()
    await page.getByRole("combobox", { name: "Language" }).selectOption("Español")
    await said(page, /could not be loaded/)
    assert.strictEqual(await page.getByRole("combobox", { name: "Language" }).inputValue(), "browser")
    assert.strictEqual(await page.evaluate(languageOf), "en")
    await page.close()
  })
})
