import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { readFile } from "node:fs/promises"
import type { Locator, Page } from "playwright-core"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { cardOf, labelOf, numberIn } from "./support/cards.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { closed, panel, shown } from "./support/panel.ts"
import { setting } from "./support/setting.ts"

const plotOf = (page: Page, title: string) => page.getByRole("application", { name: new RegExp(`^${title}: `) })

/** Counts the rows of the panel, without its header. */
const countOf = async (page: Page) => (await panel(page).getByRole("row").count()) - 1

/** Waits until the element has the focus. */
const focused = async (element: Locator) => {
  const page = element.page()
  await page.waitForFunction((button) => button?.matches(":focus"), await element.elementHandle())
}

/** A chart that is drawn again between the press and the release ignores the click, so this waits for its tooltip. */
const clickPoint = async (page: Page, title: string, x: number, y: number) => {
  await page.mouse.move(x, y)
  await cardOf(page, title).getByText("Click for the records").waitFor()
  await page.mouse.click(x, y)
}

const clickAt = async (page: Page, title: string, x: number, y: number) => {
  await cardOf(page, title).scrollIntoViewIfNeeded()
  const box = await cardOf(page, title).locator(".plot svg").boundingBox()
  await clickPoint(page, title, (box?.x ?? 0) + (box?.width ?? 0) * x, (box?.y ?? 0) + (box?.height ?? 0) * y)
}

/** Clicks the largest mark of a chart in its middle, or near its right edge if the chart is round. */
const clickMark = async (page: Page, title: string, isRound = false) => {
  await cardOf(page, title).scrollIntoViewIfNeeded()
  const paths = await cardOf(page, title).locator(".plot svg path[fill^=\"#\"]").all()
  const boxes = await Promise.all(paths.map((path) => path.boundingBox()))
  const area = (box: (typeof boxes)[number]) => (box?.width ?? 0) * (box?.height ?? 0)
  const mark = boxes.toSorted((a, b) => area(b) - area(a))[0]
  const across = isRound ? (mark?.width ?? 0) - 8 : (mark?.width ?? 0) / 2
  await clickPoint(page, title, (mark?.x ?? 0) + across, (mark?.y ?? 0) + (mark?.height ?? 0) / 2)
}

describe.skipIf(isBrowserMissing)("records behind a number", () => {
  const { address, browser } = setting({ CRM_RECORD_URL: "https://crm.example/{type}/{id}" })

  const overview = async (options: Parameters<typeof opened>[2] = {}) => {
    const { complaints, page } = await opened(browser(), address(), options)
    await drawn(page, 11)
    return { complaints, page }
  }

  it("a click on a number opens its records with links to the CRM, and Escape closes them", async () => {
    const { complaints, page } = await overview()
    await cardOf(page, "Total new leads").locator(".plot").click()
    await shown(page, "Total new leads")
    const link = await panel(page).getByRole("link").first().getAttribute("href")
    assert.match(link ?? "", /^https:\/\/crm\.example\/lead\/lead_/)
    await closed(page)
    await focused(plotOf(page, "Total new leads"))
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("“Load more” adds 50 records at a time, until all records of the number are shown", async () => {
    const { page } = await overview()
    const number = numberIn(await labelOf(page, "Total new leads"))
    await cardOf(page, "Total new leads").locator(".plot").click()
    await shown(page, "Total new leads")
    assert.strictEqual(await countOf(page), 50)
    const more = panel(page).getByRole("button", { name: "Load more" })
    for (let loaded = 100; loaded < number + 50; loaded += 50) {
      await more.click()
      await panel(page).getByRole("row").nth(Math.min(loaded, number)).waitFor()
    }
    await panel(page).getByText(`All ${number} shown`).waitFor()
    assert.strictEqual(await countOf(page), number)
    await page.close()
  })

  describe("a click on a chart", () => {
    let page: Page
    beforeAll(async () => {
      page = (await overview()).page
    })
    afterAll(() => page.close())

    it.each(
      [
        ["line", /^Won value: [A-Z][a-z]+ 20\d\d$/, (page: Page) => clickAt(page, "Won value", 0.5, 0.4)],
        ["bar", /^Pipeline value by stage: .+/, (page: Page) => clickMark(page, "Pipeline value by stage")],
        [
          "stacked bar",
          /^New leads by source: [A-Z][a-z]+ 20\d\d, .+/,
          (page: Page) => clickMark(page, "New leads by source")
        ],
        ["slice", /^Leads by status: .+/, (page: Page) => clickMark(page, "Leads by status", true)]
      ] as const
    )("a click on a %s opens the records of the clicked point", async (_mark, name, click) => {
      await click(page)
      await page.getByRole("dialog", { name }).waitFor()
      await closed(page)
    })
  })

  it("the arrow keys choose a point of a chart, and Enter opens its records", async () => {
    const { page } = await overview()
    await plotOf(page, "Leads by status").focus()
    for (const key of ["ArrowRight", "ArrowRight"]) await page.keyboard.press(key)
    await cardOf(page, "Leads by status").getByText("Press Enter for the records", { exact: true }).waitFor()
    const said = await page.getByText(/^Potential: \d+$/).innerText()
    await page.keyboard.press("Enter")
    await shown(page, "Leads by status: Potential")
    assert.include(await panel(page).innerText(), `${said.split(": ")[1]} leads`)
    await closed(page)
    await focused(plotOf(page, "Leads by status"))
    await plotOf(page, "New leads by source").focus()
    for (const key of ["ArrowRight", "ArrowDown", "Enter"]) await page.keyboard.press(key)
    await page.getByRole("dialog", { name: /^New leads by source: [A-Z][a-z]+ 20\d\d, .+/ }).waitFor()
    await page.close()
  })

  it("a click or Enter on a table cell opens the records of its number", async () => {
    const { page } = await overview()
    const card = cardOf(page, "Leads by status")
    await card.hover()
    await card.getByRole("button", { name: "More for Leads by status" }).click()
    await card.getByRole("button", { name: "Show as a table" }).click()
    const cell = card.getByRole("button", { name: /records of Client$/ })
    const number = await cell.innerText()
    await cell.click()
    await shown(page, "Leads by status: Client")
    assert.include(await panel(page).innerText(), `${number} leads`)
    await closed(page)
    await focused(cell)
    await page.keyboard.press("Enter")
    await shown(page, "Leads by status: Client")
    await page.close()
  })

  it("in a member's records, the column of owners names nobody but the member", async () => {
    const totalOf = async (userId: string) => {
      const { page } = await overview({ userId })
      await cardOf(page, "Total new leads").locator(".plot").click()
      await shown(page, "Total new leads")
      const text = await panel(page).innerText()
      const total = numberIn(await panel(page).locator(".records-number strong").innerText())
      const owners = await panel(page).getByRole("row").locator("td:last-child").allInnerTexts()
      await page.close()
      return { total, text, owners: new Set(owners) }
    }
    const [everyone, own] = [await totalOf("user_ana"), await totalOf("user_bea")]
    assert.isAbove(everyone.total, own.total)
    assert.include(own.text, "Only yours")
    assert.isTrue([...own.owners].every((name) => ["Bea Navarro", "–"].includes(name)), [...own.owners].join())
  })

  it("the records of a value have the price after the time, and the name of the only person", async () => {
    const { reportWith } = demoApi(address)
    const id = await reportWith("Prices", [{ ...stat, metricId: "deals.avg_value" }])
    const { page } = await opened(browser(), address(`#/reports/${id}?people=user_bea&time=last_12m&by=month`))
    await cardOf(page, "Average won deal").locator(".plot").click()
    await shown(page, "Average won deal")
    await panel(page).getByText(/ · Bea Navarro$/).waitFor()
    const heads = await panel(page).getByRole("columnheader").allInnerTexts()
    assert.deepStrictEqual(heads.slice(0, 3), ["Id", "Closed", "Price"])
    await page.close()
  })

  it("the records of a number are downloaded as CSV and as XLSX", async () => {
    const { page } = await overview()
    await plotOf(page, "Win rate").press("Enter")
    await shown(page, "Win rate")
    for (const [name, extension, beginning] of [["CSV", "csv", "\uFEFFtype,"], ["XLSX", "xlsx", "PK"]] as const) {
      const downloading = page.waitForEvent("download")
      await panel(page).getByRole("button", { name: `as ${name}` }).click()
      const download = await downloading
      assert.strictEqual(download.suggestedFilename(), `Win rate.${extension}`)
      assert.isTrue((await readFile(await download.path(), "utf8")).startsWith(beginning))
    }
    await page.close()
  })

  it("a click on a number of a snapshot opens no records", async () => {
    const { page } = await overview()
    // Loads the code of the panel first. If a click on the snapshot opened the panel, it would be there at once.
    await cardOf(page, "Win rate").locator(".plot").click()
    await shown(page, "Win rate")
    await closed(page)
    await page.getByRole("button", { name: "Freeze", exact: true }).click()
    await page.getByRole("dialog").getByRole("button", { name: "Freeze", exact: true }).click()
    await page.getByRole("button", { name: "Verify" }).waitFor()
    await drawn(page, 11)
    assert.strictEqual(await plotOf(page, "Total new leads").count(), 0)
    await cardOf(page, "Total new leads").locator(".plot").click()
    assert.strictEqual(await panel(page).count(), 0)
    await page.close()
  })
})
