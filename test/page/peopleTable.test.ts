import { assert, describe, it } from "@effect/vitest"
import { readFile } from "node:fs/promises"
import type { Page } from "playwright-core"
import { violations } from "./support/axe.ts"
import { isBrowserMissing, opened } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { demoApi } from "./support/demoApi.ts"
import { panel, shown } from "./support/panel.ts"
import { setting } from "./support/setting.ts"

const column = { chart: "leaderboard", table: "Team", y: 0, w: 6, h: 6 }
const widgets = [
  { ...column, instanceId: "leads", metricId: "team.leads_by_agent", x: 0 },
  { ...column, instanceId: "calls", metricId: "team.calls_by_agent", x: 6 },
  { instanceId: "total", metricId: "leads.total", chart: "stat", x: 0, y: 6, w: 3, h: 3 }
]

const view = { defaultTimeframe: { preset: "last_12m", bucket: "month" }, defaultPeople: { everyone: true } }

describe.skipIf(isBrowserMissing)("a table of people", () => {
  const { address, browser } = setting()
  const { api } = demoApi(address)

  const reported = async () => {
    const { id } = await api("POST", "", { title: "People", layout: { widgets }, ...view })
    return id
  }

  const openedOn = async (hash: string, options: Parameters<typeof opened>[2] = {}) => {
    const { complaints, page } = await opened(browser(), address(hash), options)
    await cardOf(page, "Team").locator("tbody tr").first().waitFor()
    return { complaints, page }
  }

  const rowsOf = (page: Page) =>
    cardOf(page, "Team").locator("tbody tr").evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent))
    )

  it("has the numbers of several rankings, sorts by each column, and a cell opens its records", async () => {
    const id = await reported()
    const { complaints, page } = await openedOn(`#/reports/${id}`)
    const { results: [leads, calls] } = await api("POST", `/${id}/run`, {})
    const valuesOf = ({ points }: { readonly points: ReadonlyArray<{ label: string; value: number }> }) =>
      new Map(points.map(({ label, value }) => [label, value.toLocaleString("en")]))
    const [ofLeads, ofCalls] = [valuesOf(leads), valuesOf(calls)]
    const rows = await rowsOf(page)
    assert.isAbove(rows.length, 8)
    assert.deepStrictEqual(
      rows,
      rows.map(([name]) => [name, ofLeads.get(String(name)) ?? "–", ofCalls.get(String(name)) ?? "–"])
    )
    assert.deepStrictEqual(rows.map(([name]) => name).slice(0, 3), [...ofLeads.keys()].slice(0, 3))
    assert.deepStrictEqual(await violations(page), [])
    const head = cardOf(page, "Team").getByRole("columnheader", { name: "Calls" })
    await head.getByRole("button").click()
    await cardOf(page, "Team").locator("th[aria-sort=descending]").filter({ hasText: "Calls" }).waitFor()
    const [best] = await rowsOf(page)
    assert.deepStrictEqual([best?.[0], best?.[2]], [...ofCalls][0])
    await cardOf(page, "Team").getByRole("button", {
      name: `${best?.[2]}, records of ${best?.[0]}`,
      exact: true
    }).click()
    await shown(page, `Calls: ${best?.[0]}`)
    assert.include(await panel(page).innerText(), String(best?.[2]))
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("its files have all columns, and its picture is one table", async () => {
    const { page } = await openedOn(`#/reports/${await reported()}`)
    for (
      const [entry, extension, beginning] of [["CSV", "csv", "\uFEFF"], ["Picture (PNG)", "png", "\x89PNG"]] as const
    ) {
      await page.getByRole("button", { name: "More for Team", exact: true }).click()
      const asked = page.waitForRequest((request) => /metrics\/run\?/.test(request.url()))
      const downloading = page.waitForEvent("download")
      await page.getByRole("button", { name: entry, exact: true }).click()
      const columns: ReadonlyArray<{ instanceId: string; table: string }> = (await asked).postDataJSON().widgets
      assert.deepStrictEqual(columns.map(({ instanceId, table }) => [instanceId, table]), [
        ["leads", "Team"],
        ["calls", "Team"]
      ])
      const download = await downloading
      assert.strictEqual(download.suggestedFilename(), `Team.${extension}`)
      const content = await readFile(await download.path(), extension === "csv" ? "utf8" : "latin1")
      assert.isTrue(content.startsWith(beginning))
      if (extension === "csv") { for (const name of ["Leads", "Calls"]) assert.include(content, name) }
    }
    await page.close()
  })

  it("says in the head of each column its timeframe and the filters that it ignores", async () => {
    const [leads, calls] = widgets
    const layout = { widgets: [leads, { ...calls, timeframe: { preset: "last_7d" } }] }
    const { id } = await api("POST", "", { title: "Two timeframes", layout, ...view })
    const { page } = await openedOn(`#/reports/${id}?source=website`)
    const notes = cardOf(page, "Team").getByRole("columnheader").locator("small")
    await notes.nth(3).waitFor()
    const [year = "", ignored, week = "", alsoIgnored] = await notes.allInnerTexts()
    assert.notStrictEqual(year, week)
    for (const timeframe of [year, week]) assert.match(timeframe, /^\w+ \d+, \d{4} – \w+ \d+, \d{4}$/)
    assert.deepStrictEqual([ignored, alsoIgnored], ["Not filtered by source", "Not filtered by source"])
    await page.locator("section.unfiltered[aria-label=Team]").waitFor()
    assert.deepStrictEqual(await violations(page), [])
    await page.close()
  })

  it("is one table in a snapshot too, and has a card for each column below it while the report is edited", async () => {
    const id = await reported()
    const frozen = await api("POST", `/${id}/snapshots`, {})
    const { page } = await openedOn(`#/snapshots/${frozen.id}`)
    assert.strictEqual(await page.locator("section.card").count(), 2)
    assert.strictEqual(await cardOf(page, "Team").getByRole("columnheader").count(), 3)
    await page.goto(address(`#/reports/${id}`))
    await page.getByRole("button", { name: "Edit", exact: true }).click()
    await cardOf(page, "Calls by agent").waitFor()
    await page.getByText("2 cards are one table, “Team”").waitFor()
    await cardOf(page, "Team").locator("tbody tr").first().waitFor()
    assert.isAbove((await rowsOf(page)).length, 8)
    await page.close()
  })

  it("scrolls inside its card on a phone, and the names stay", async () => {
    const { page } = await openedOn(`#/reports/${await reported()}`, {
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true
    })
    assert.isAtMost(await page.locator("html").evaluate((html) => html.scrollWidth), 390)
    const place = () =>
      cardOf(page, "Team").locator("tbody th").first().evaluate((name) => name.getBoundingClientRect().x)
    const before = await place()
    await cardOf(page, "Team").locator(".people-table").evaluate((table) => table.scrollTo({ left: 60 }))
    assert.strictEqual(await place(), before)
    assert.deepStrictEqual(await violations(page), [])
    await page.close()
  })
})
