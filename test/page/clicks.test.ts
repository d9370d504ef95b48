import { assert, describe, it } from "@effect/vitest"
import type { Page } from "playwright-core"
import { bucketLabel } from "../../src/presentation/bucketLabel.ts"
import { english } from "../support/english.ts"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { demoApi } from "./support/demoApi.ts"
import { closed, panel } from "./support/panel.ts"
import { setting } from "./support/setting.ts"

interface Place {
  readonly x: number
  readonly y: number
}

const timeframe = { preset: "last_12m", bucket: "month" }
const place = { x: 0, y: 0, w: 12, h: 9 }

const area = { instanceId: "area", metricId: "deals.won_value_over_time", chart: "area" }
const stacked = { instanceId: "stacked", metricId: "leads.created_over_time", chart: "area", groupBy: "source" }
const ofDeals = { ...stacked, instanceId: "deals", metricId: "deals.created_over_time", groupBy: "stage" }
const tags = { instanceId: "tags", metricId: "leads.by_tag", chart: "bar" }
/** An entry of its legend narrows the report. No filter of a report has stages, so their entries open records. */
const statuses = { instanceId: "statuses", metricId: "leads.by_status", chart: "donut" }
const charts = {
  area,
  line: { ...area, instanceId: "line", chart: "line" },
  "split line": { ...stacked, instanceId: "lines", chart: "line" },
  "stacked area": stacked,
  bar: { ...area, instanceId: "bar", chart: "bar" },
  "stacked bar": { ...stacked, instanceId: "bars", chart: "bar" },
  donut: { instanceId: "donut", metricId: "deals.by_stage", chart: "donut" },
  radar: { instanceId: "radar", metricId: "leads.by_status", chart: "radar" },
  "bar of categories": tags,
  radial: { instanceId: "radial", metricId: "deals.win_rate", chart: "radial" }
}

/** Lists the middles of the cells of eight columns and of these rows over the whole drawing. */
const gridOver = async (page: Page, rows: number): Promise<ReadonlyArray<Place>> => {
  const box = await page.locator(".plot svg").boundingBox() ?? { x: 0, y: 0, width: 0, height: 0 }
  return Array.from({ length: 8 * rows }, (_, index) => ({
    x: box.x + box.width * ((index % 8) + 0.5) / 8,
    y: box.y + box.height * (Math.floor(index / 8) + 0.5) / rows
  }))
}

/** The lines of the grid span the whole part of the drawing where values are drawn. */
const plotOf = async (page: Page) => {
  const lines = await page.locator(`.plot svg path[stroke="#e2e7ef"]`).all()
  const boxes = (await Promise.all(lines.map((line) => line.boundingBox()))).filter((box) => box !== null)
  const widest = Math.max(...boxes.map(({ width }) => width))
  const across = boxes.filter(({ width }) => width === widest)
  const [left, tops] = [across[0]?.x ?? 0, across.map(({ y }) => y)]
  return { left, right: left + widest, top: Math.min(...tops), bottom: Math.max(...tops) }
}

const hasHand = async (page: Page, { x, y }: Place): Promise<boolean> => {
  await page.mouse.move(x, y)
  return page.evaluate(`getComputedStyle(document.elementFromPoint(${x}, ${y})).cursor === "pointer"`)
}

/** Clicks, and returns the name of the panel of records. Its title names the clicked point. */
const openedAt = async (page: Page, { x, y }: Place): Promise<string> => {
  await page.mouse.click(x, y)
  const name = await panel(page).getByRole("heading", { level: 2 }).first().innerText()
  await closed(page)
  return name
}

const middleOf = async (page: Page, label: string): Promise<Place> => {
  const box = await page.locator(".plot svg text", { hasText: label }).first().boundingBox()
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
}

const month = bucketLabel("month", english, true)

describe.skipIf(isBrowserMissing)("a click in a chart", () => {
  const { address, browser } = setting()
  const { reportWith } = demoApi(address)

  const shown = async (widget: object) => {
    const id = await reportWith("Clicks", [{ ...place, ...widget, timeframe }])
    const { page } = await opened(browser(), "about:blank")
    const answering = page.waitForResponse("**/metrics/run")
    await page.goto(address(`#/reports/${id}`))
    const { results: [series] } = await (await answering).json()
    await drawn(page, 1)
    // A chart that is drawn again between the press and the release would ignore the click.
    await page.waitForLoadState("networkidle")
    return { page, series }
  }

  it("each of 48 clicks over an area chart opens the records of its column, except clicks outside the plot", async () => {
    const { page, series } = await shown(area)
    const { bottom, left, right, top } = await plotOf(page)
    const buckets: ReadonlyArray<string> = series.points.map(({ bucket }: { bucket: string }) => bucket)
    const half = (right - left) / (buckets.length - 1) / 2
    const opened = { inside: 0 }
    for (const { x, y } of await gridOver(page, 6)) {
      const isInside = x >= left - half && x <= right + half && y >= top && y <= bottom
      assert.strictEqual(await hasHand(page, { x, y }), isInside, `the cursor at ${x}, ${y}`)
      if (!isInside) {
        await page.mouse.click(x, y)
        assert.strictEqual(await panel(page).count(), 0)
        continue
      }
      const column = Math.round((Math.min(right, Math.max(left, x)) - left) / (2 * half))
      assert.strictEqual(await openedAt(page, { x, y }), `Won value: ${month(buckets[column] ?? "")}`)
      opened.inside++
    }
    assert.isAtLeast(opened.inside, 35)
    await page.close()
  })

  it.each(Object.keys(charts))(
    "in a %s chart, a click opens records exactly where the cursor is a hand",
    async (name) => {
      const { page } = await shown(Object.entries(charts).find(([key]) => key === name)?.[1] ?? {})
      const opened: Array<Place> = []
      for (const at of await gridOver(page, 4)) {
        if (await hasHand(page, at)) {
          await openedAt(page, at)
          opened.push(at)
        } else {
          await page.mouse.click(at.x, at.y)
          assert.strictEqual(await panel(page).count(), 0, `a click at ${at.x}, ${at.y}`)
        }
      }
      assert.isNotEmpty(opened)
      await page.close()
    }
  )

  it("a click in a band of a stacked area opens the records of this band in its column", async () => {
    const { page, series } = await shown(stacked)
    const { left, right } = await plotOf(page)
    const colors = await page.locator(".plot svg path[fill-opacity=\"0.72\"]").evaluateAll((paths) =>
      paths.map((path) => path.getAttribute("fill"))
    )
    const found = new Set<string>()
    for (const at of await gridOver(page, 4)) {
      // The line between two bands belongs to both.
      const fill = await page.evaluate(`document.elementFromPoint(${at.x}, ${at.y})?.getAttribute("fill")`)
      const index = colors.indexOf(String(fill))
      if (index === -1) continue
      const { bucket } = series.points[Math.round((at.x - left) / (right - left) * (series.points.length - 1))]
      assert.strictEqual(
        await openedAt(page, at),
        `New leads by source: ${month(bucket)}, ${series.series[index].label}`
      )
      found.add(series.series[index].key)
    }
    assert.isAtLeast(found.size, 3)
    await page.close()
  })

  it("a click on an entry of a legend opens the records of its series, and hides nothing", async () => {
    const { page, series } = await shown(ofDeals)
    for (const { label } of series.series) {
      const at = await middleOf(page, label)
      assert.isTrue(await hasHand(page, at))
      assert.strictEqual(await openedAt(page, at), `New deals by stage: ${label}`)
    }
    assert.strictEqual(await page.locator(".plot svg path[fill-opacity=\"0.72\"]").count(), series.series.length)
    await page.close()
  })

  it.each([
    ["of the legend of a stacked bar", { ...stacked, chart: "bar", groupBy: "assignee" }, 1, /people=user_\w+$/],
    ["of the legend of a donut", statuses, 2, /status=[^&]+$/],
    ["of the rows of a bar chart", { ...tags, w: 4 }, 1, /tag=[^&]+$/],
    ["of the steps of a funnel", { ...statuses, metricId: "leads.funnel", chart: "funnel" }, 2, /status=potential$/]
  ])("a click on a name %s narrows the report to it, and one click undoes this", async (...row) => {
    const [, widget, index, query] = row
    const { page, series } = await shown(widget)
    const { label } = [...series.series, ...series.points].filter((one) => one.label !== undefined)[index]
    const { x, y } = await middleOf(page, label)
    await page.mouse.click(x, y)
    await page.waitForURL(query)
    assert.strictEqual(await panel(page).count(), 0)
    await page.getByRole("button", { name: /^Undo “/ }).click()
    await page.waitForURL((url) => !url.hash.includes("?"))
    await page.close()
  })

  it("the records of a slice offer to narrow the report to it, and Shift with Enter narrows at once", async () => {
    const { page } = await shown(tags)
    await page.getByRole("application").press("ArrowRight")
    await page.keyboard.press("Enter")
    const asked = page.waitForRequest("**/metrics/run")
    await panel(page).getByRole("button", { name: /^Only / }).click()
    assert.lengthOf((await asked).postDataJSON().filters.tag, 1)
    await panel(page).waitFor({ state: "detached" })
    await page.getByRole("button", { name: /^Undo “/ }).click()
    await page.waitForURL((url) => !url.hash.includes("?"))
    await page.getByRole("application").press("ArrowRight")
    await page.keyboard.press("Shift+Enter")
    await page.waitForURL(/tag=[^&]+$/)
    await page.close()
  })
})
