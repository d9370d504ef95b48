import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { drawn, isBrowserMissing, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

describe.skipIf(isBrowserMissing)("a slideshow", () => {
  const { address, browser } = setting()
  const { api, reportWith } = demoApi(address)
  const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name })

  const withFavourites = async (titles = ["Activity", "Pipeline"]) => {
    const { complaints, page } = await opened(browser(), address())
    await drawn(page)
    for (const title of titles) {
      const star = page.getByRole("button", { name: `“${title}” is a favourite`, exact: true })
      await star.focus()
      await page.keyboard.press("Enter")
      await star.and(page.locator("[aria-pressed=true]")).waitFor()
    }
    return { complaints, page }
  }

  it("shows one favourite after the other by the arrow keys, without controls, until Escape", async () => {
    const { complaints, page } = await withFavourites()
    await page.goto(address("#/slideshow?every=3600"))
    await heading(page, "Activity").waitFor()
    await page.getByRole("navigation").waitFor({ state: "hidden" })
    await page.locator(".card .plot svg").first().waitFor()
    for (const name of ["Freeze", "More", "Previous period"]) {
      assert.strictEqual(await page.getByRole("button", { name, exact: true }).count(), 0)
    }
    for (const [key, title] of [["ArrowRight", "Pipeline"], ["ArrowRight", "Activity"], ["ArrowLeft", "Pipeline"]]) {
      await page.keyboard.press(key ?? "")
      await heading(page, title ?? "").waitFor()
    }
    await page.getByText("2 of 2: Pipeline", { exact: true }).waitFor()
    await page.keyboard.press("Escape")
    await page.getByRole("navigation").waitFor()
    await heading(page, "Pipeline").waitFor()
    assert.match(page.url(), /#\/reports\//)
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("goes on by itself, and the search begins it on the full screen", async () => {
    const { page } = await withFavourites()
    await page.goto(address("#/slideshow?every=2"))
    for (const title of ["Activity", "Pipeline", "Activity"]) await heading(page, title).waitFor()
    await page.keyboard.press("Escape")
    await page.getByRole("navigation").waitFor()
    await page.keyboard.press("Control+k")
    await page.getByRole("combobox").fill("slideshow")
    await page.getByRole("option", { name: "Slideshow of favourites", selected: true }).waitFor()
    await page.keyboard.press("Enter")
    await page.locator("html:fullscreen").waitFor()
    await heading(page, "Activity").waitFor()
    await page.keyboard.press("f")
    await page.getByRole("navigation").waitFor()
    assert.match(page.url(), /#\/reports\//)
    await page.close()
  })

  it("of one report that is deleted meanwhile goes on with the others", async () => {
    const id = await reportWith("Gone", [stat])
    const { page } = await withFavourites(["Gone"])
    await page.goto(address("#/slideshow?every=2"))
    await heading(page, "Gone").waitFor()
    await api("DELETE", `/${id}`)
    await heading(page, "Gone").waitFor({ state: "detached" })
    await drawn(page)
    await page.close()
  })

  it("scrolls through a report that is higher than the screen, and the next report begins at its top", async () => {
    const { page } = await withFavourites()
    await page.setViewportSize({ width: 1440, height: 500 })
    await page.goto(address("#/slideshow?every=4"))
    const scrolled = () => page.evaluate<boolean>("scrollY > 0")
    for (const name of ["Activity", "Pipeline"]) {
      await until(`the end of ${name}`, async () => await heading(page, name).isVisible() && await scrolled())
    }
    await page.keyboard.press("Space")
    await said(page, /is paused/)
    await page.keyboard.press("ArrowRight")
    await until("the top", async () => !(await scrolled()))
    await page.close()
  })

  it("pauses and ends by touch, and its search has no commands of the shown report", async () => {
    const { complaints, page } = await opened(browser(), address("#/slideshow?every=3600"), {
      hasTouch: true,
      isMobile: true
    })
    await drawn(page)
    await said(page, /^The buttons at the top pause and end the slideshow\./)
    await page.keyboard.press("Control+k")
    await page.getByRole("combobox").fill("freeze")
    await page.getByText("No name fits.", { exact: true }).waitFor()
    await page.keyboard.press("Escape")
    await page.getByRole("dialog").waitFor({ state: "detached" })
    const opacity = await page.evaluate<string>(`getComputedStyle(document.querySelector(".slide-buttons")).opacity`)
    assert.strictEqual(opacity, "1")
    await page.getByRole("button", { name: "Pause the slideshow", exact: true }).tap()
    await page.getByRole("button", { name: "Continue the slideshow", exact: true }).waitFor()
    await page.getByRole("button", { name: "End the slideshow", exact: true }).tap()
    await page.waitForURL(/#\/reports\//)
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })
})
