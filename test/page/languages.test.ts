import { assert, describe, it } from "@effect/vitest"
import { page as german } from "../../src/languages/compiled/de/page.ts"
import { page as spanish } from "../../src/languages/compiled/es/page.ts"
import { drawn, isBrowserMissing, opened, said } from "./support/browser.ts"
import { lookingAt, sizes } from "./support/looking.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

const languageOf = "document.documentElement.lang"

/** Finds buttons whose text does not fit. */
const cutButtons = `[...document.querySelectorAll("button:not(.person), a.button, summary")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
  .map((one) => one.className + " is cut: " + one.innerText)`

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
    const asked = page.waitForRequest("**/catalog")
    await page.getByRole("combobox", { name: "Language" }).selectOption("Deutsch")
    assert.strictEqual((await asked).headers()["accept-language"], "de")
    await page.reload()
    await page.getByRole("button", { name: "Angemeldet als" }).click()
    assert.strictEqual(await page.evaluate(languageOf), "de")
    const again = page.waitForRequest("**/catalog")
    await page.getByRole("combobox", { name: "Sprache" }).selectOption("Wie im Browser")
    assert.strictEqual((await again).headers()["accept-language"], "en-GB")
    await page.getByRole("button", { name: "Signed in as" }).waitFor()
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("a chosen language that is already that of the browser is shown as the choice", async () => {
    const { page } = await opened(browser(), address(), { locale: "de-DE" })
    await page.getByRole("button", { name: "Angemeldet als" }).click()
    const field = page.getByRole("combobox", { name: "Sprache" })
    assert.strictEqual(await field.inputValue(), "browser")
    await field.selectOption("Deutsch")
    await until("the choice", async () => await field.inputValue() === "de")
    await field.selectOption("Wie im Browser")
    await until("the choice", async () => await field.inputValue() === "browser")
    await page.close()
  })

  it("the page keeps its language, and says so, if another one cannot be loaded", async () => {
    const { page } = await opened(browser(), address(), { locale: "en-US" })
    await drawn(page)
    await page.route("**/assets/es-*.js", (route) => route.abort())
    await page.getByRole("button", { name: "Signed in as" }).click()
    await page.getByRole("combobox", { name: "Language" }).selectOption("Español")
    await said(page, /could not be loaded/)
    assert.strictEqual(await page.getByRole("combobox", { name: "Language" }).inputValue(), "browser")
    assert.strictEqual(await page.evaluate(languageOf), "en")
    await page.close()
  })

  it("a page whose language cannot be loaded for longer than a minute is drawn in this language then", async () => {
    const { page } = await opened(browser(), "about:blank", { locale: "de-DE" })
    await page.clock.install()
    const service = { isDown: true, refused: 0 }
    await page.route(/\/assets\/(de|en)-[^/]*\.js$/, (route) => {
      if (!service.isDown) return route.continue()
      service.refused += 1
      return route.abort()
    })
    await page.goto(address())
    await until("the tries of more than a minute", async () => {
      await page.clock.runFor(4_000)
      return service.refused > 20
    })
    service.isDown = false
    await until("the page", async () => {
      await page.clock.runFor(4_000)
      return await page.getByText("Angemeldet als").count() > 0
    })
    assert.strictEqual(await page.evaluate(languageOf), "de")
    await page.close()
  })

  it("the title of records has the label of their point in the language of the page", async () => {
    const { page } = await opened(browser(), address(), { locale: "de-DE" })
    await drawn(page, 11)
    await page.getByRole("application", { name: /^Leads nach Status: / }).focus()
    await page.keyboard.press("ArrowRight")
    await page.getByText(german.enterForRecords(), { exact: true }).waitFor()
    await page.keyboard.press("Enter")
    await page.getByRole("heading", { name: "Leads nach Status: Neu", exact: true }).waitFor()
    await page.close()
  })

  const screens = ([["de-DE", german], ["es-ES", spanish]] as const).flatMap(([locale, t]) =>
    sizes.slice(0, 2).map((size) => [locale, size.name, t, size] as const)
  )
  it.each(screens)("in %s, the texts of the screens fit %s", async (locale, _name, t, size) => {
    const wrong: Array<string> = []
    const { complaints, page } = await opened(browser(), address(), { ...size.options, locale })
    const looking = lookingAt(page, { ...size, name: `${locale} ${size.name}` }, wrong)
    const look = async (screen: string) => {
      await looking(screen)
      wrong.push(...await page.evaluate<ReadonlyArray<string>>(cutButtons))
    }
    const pressed = (name: string) => page.getByRole("button", { name, exact: true }).first().click()
    await drawn(page)
    await look("report")
    await pressed(t.freeze())
    await look("FreezeDialog")
    await page.keyboard.press("Escape")
    await pressed(t.more())
    await look("menu")
    await page.keyboard.press("Escape")
    await pressed(t.edit())
    await page.getByRole("button", { name: t.save(), exact: true }).waitFor()
    await look("editor")
    await pressed(t.addCard())
    await look("WidgetDialog")
    await page.keyboard.press("Escape")
    await page.goto(address("#/new"))
    await page.getByRole("heading", { name: t.newReport() }).waitFor()
    await look("new report")
    await page.goto(address("#/targets"))
    await page.getByRole("heading", { name: t.targets() }).waitFor()
    await look("targets")
    assert.deepStrictEqual([...wrong, ...complaints], [])
    await page.close()
  })
})
