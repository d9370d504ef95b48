import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { isBrowserMissing, opened, said } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { setting } from "./support/setting.ts"

const elsewhere = "http://reports.example"

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })

describe.skipIf(isBrowserMissing)("the page over plain HTTP", () => {
  const { address, browser } = setting()
  const { api, reportWith } = demoApi(address)

  /** A browser takes only HTTPS and its own machine as secure. Other pages have no `crypto.subtle`. */
  const openedOverHttp = async (hash: string) => {
    const { page } = await opened(browser(), "about:blank")
    await page.route(`${elsewhere}/**`, async (route) => {
      const url = route.request().url().replace(elsewhere, new URL(address()).origin)
      const { host: _host, origin: _origin, ...headers } = route.request().headers()
      await route.fulfill({ response: await route.fetch({ url, headers }) })
    })
    await page.goto(`${elsewhere}/app/${hash}`)
    assert.isFalse(await page.evaluate("isSecureContext"))
    return page
  }

  it("“Verify” says that it needs HTTPS, and ends", async () => {
    const { id } = await api("POST", `/${await reportWith("To verify", [stat])}/snapshots`, { title: "Once" })
    const page = await openedOverHttp(`#/snapshots/${id}`)
    await button(page, "Verify").click()
    await said(page, /HTTPS/)
    await button(page, "Verify").waitFor()
    await page.close()
  })

  it("a report can be built, saved, and frozen", async () => {
    const page = await openedOverHttp("#/new")
    await page.getByRole("button", { name: /^Empty report/ }).click()
    await page.getByLabel("Title", { exact: true }).fill("Without HTTPS")
    await button(page, "Add a card").first().click()
    await page.locator(".metric").first().click()
    await button(page, "Add to report").click()
    await button(page, "Save").click()
    await button(page, "Freeze").click()
    await page.getByRole("dialog").getByRole("button", { name: "Freeze", exact: true }).click()
    await said(page, /^Frozen/)
    await page.close()
  })
})
