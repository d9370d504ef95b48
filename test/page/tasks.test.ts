import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { isFull } from "../proof/storesFor.ts"
import { drawn, isBrowserMissing, opened, said } from "./support/browser.ts"
import { labelOf, numberIn } from "./support/cards.ts"
import { everyHands } from "./support/hands.ts"
import { setting } from "./support/setting.ts"
import { textOfPdf } from "./support/textOfPdf.ts"

const titles = ["Total new leads", "Win rate", "Deals won", "Leads by status", "Calls", "Lost reasons"]

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })

describe.skipIf(isBrowserMissing)("tasks on the page", () => {
  const { address, browser } = setting()

  describe.each(everyHands)("with $name alone", ({ choose, name, use, write }) => {
    /** Outside of `.ci/full`, only the keyboard is tried, because the other tests of the page use the mouse. */
    const task = it.runIf(isFull || name === "the keyboard")

    task("the timeframe of the team board can be changed", async () => {
      const { page } = await opened(browser(), address())
      await use(page.getByRole("link", { name: "Team board" }))
      await page.getByRole("heading", { level: 1, name: "Team board" }).waitFor()
      await drawn(page, 2)
      await use(page.getByRole("button", { name: /^Last 90 days/ }))
      const answered = page.waitForResponse("**/metrics/run")
      await use(button(page, "Last month"))
      await answered
      await page.keyboard.press("Escape")
      await button(page, "Last month, by day").waitFor()
      await page.close()
    })

    task("a person can read how the win rate is counted, and print the report as a PDF", async () => {
      const { page } = await opened(browser(), "about:blank")
      await page.addInitScript({ content: "window.printed = 0; window.print = () => { window.printed++ }" })
      await page.goto(address("#/new"))
      await use(page.getByRole("link", { name: "Owner's overview" }))
      await drawn(page, 11)
      await use(button(page, "More for Win rate"))
      await use(button(page, "How this is counted"))
      const dialog = page.getByRole("dialog", { name: "How “Win rate” is counted" })
      const counted = await dialog.innerText()
      for (
        const part of [
          "Won deals as a share of the deals that closed",
          "Europe/Madrid",
          "Everything in the organization"
        ]
      ) {
        assert.include(counted, part)
      }
      await use(button(page, "Close"))
      await dialog.waitFor({ state: "detached" })
      await use(button(page, "More"))
      await use(button(page, "Print"))
      assert.strictEqual(await page.evaluate("window.printed"), 1)
      const text = await textOfPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }))
      for (const title of ["Owner's overview", "Last 12 months, by month", "Win rate", "Lost reasons"]) {
        assert.include(text, title)
      }
      assert.notInclude(text, "Freeze")
      await page.close()
    })

    task(
      "a report of six cards can be built, shared and frozen, and shows a member the member's own numbers",
      async () => {
        const title = `Made with ${name}`
        const { complaints, page } = await opened(browser(), address("#/new"))
        await use(page.getByRole("button", { name: /^Empty report/ }))
        for (const each of titles) {
          await use(button(page, "Add a card"))
          await write(page.getByRole("searchbox"), each)
          await use(page.locator(".metric", { has: page.getByText(each, { exact: true }) }))
          await use(button(page, "Add to report"))
          await page.getByRole("dialog").waitFor({ state: "detached" })
        }
        await write(page.getByLabel("Title", { exact: true }), title)
        // Within fewer days, the member may have no new leads, depending on the day of the test.
        await use(page.getByRole("button", { name: /^Last 30 days/ }))
        await use(button(page, "Last 12 months"))
        await page.keyboard.press("Escape")
        await use(button(page, "Save"))
        await button(page, "Edit").waitFor()
        await page.reload()
        await drawn(page, 6)
        assert.match(await page.getByRole("heading", { level: 1 }).innerText(), new RegExp(`^${title}\\s+Private$`))

        await use(button(page, "Edit"))
        await choose(page.getByLabel("Who can see this report"), "Everyone at Costa Homes")
        await use(button(page, "Save"))
        await page.getByRole("heading", { level: 1, name: "Costa Homes" }).waitFor()
        const all = numberIn(await labelOf(page, "Total new leads"))
        await use(button(page, "Freeze"))
        await use(page.getByRole("dialog").getByRole("button", { name: "Freeze", exact: true }))
        await page.getByRole("heading", { level: 1, name: "Frozen" }).waitFor()
        await use(button(page, "Verify"))
        await button(page, "Unchanged since it was frozen").waitFor()
        await use(button(page, "More"))
        await use(button(page, "Renew"))
        await said(page, /^Kept until/)
        assert.deepStrictEqual(complaints, [])

        const member = await opened(browser(), address(), { userId: "user_bea" })
        await use(member.page.getByRole("link", { name: title }))
        await drawn(member.page, 6)
        await member.page.getByText("Your own numbers").waitFor()
        const own = numberIn(await labelOf(member.page, "Total new leads"))
        assert.isAbove(own, 0)
        assert.isAbove(all, own)
        assert.strictEqual(await button(member.page, "Edit").count(), 0)
        await member.page.close()
        await page.close()
      }
    )
  })
})
