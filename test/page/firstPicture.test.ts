import { assert, describe, it } from "@effect/vitest"
import type { Page, Request } from "playwright-core"
import { storesFor } from "../proof/storesFor.ts"
import { drawn, isBrowserMissing, opened } from "./support/browser.ts"
import { cardOf } from "./support/cards.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { setting } from "./support/setting.ts"

/** Each drawing of a chart sets the `viewBox` of its plot. */
const countDrawings = `
  window.drawings = 0
  new MutationObserver((changes) => {
    for (const { target } of changes) if (target.closest(".plot") !== null) window.drawings += 1
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["viewBox"] })
`

const drawings = async (page: Page) => Number(await page.evaluate("window.drawings"))

/** The observer of a chart reports its size before the second next frame. */
const settled = (page: Page) =>
  page.evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))`)

const isRun = (request: Request) => request.url().endsWith("/metrics/run")

const live = (page: Page) => page.getByRole("button", { name: "Live", exact: true })

const donut = { ...stat, instanceId: "b", metricId: "leads.by_source", chart: "donut", x: 3, w: 6, h: 6 }

describe.skipIf(isBrowserMissing)("the first picture of a report", () => {
  const { address, browser } = setting()
  const { reportWith } = demoApi(address)

  /** The page is still empty. */
  const blank = async () => {
    const { page } = await opened(browser(), "about:blank", { isLive: true })
    await page.addInitScript({ content: countDrawings })
    return page
  }

  it("a first load has one run, at most 17 requests, and one drawing of each chart", async () => {
    const page = await blank()
    const asked = new Set<string>()
    const runs: Array<string | undefined> = []
    page.on("request", (request) => {
      asked.add(`${request.method()} ${request.url()}`)
      if (isRun(request)) runs.push(request.headers()["accept"])
    })
    await page.goto(address())
    await drawn(page, 11)
    await live(page).waitFor()
    await settled(page)
    assert.deepStrictEqual(runs, ["text/event-stream"])
    assert.isAtMost(asked.size, 17, [...asked].join("\n"))
    assert.strictEqual(await drawings(page), 11)
    await page.close()
  })

  it("each chart is drawn once although the options come after the run", async () => {
    const page = await blank()
    const read = Promise.withResolvers<void>()
    await page.route("**/crm-reports/options", async (route) => {
      await read.promise
      await route.continue()
    })
    await page.goto(address("#/new"))
    const id = await reportWith("Late options", [stat, donut])
    await page.evaluate(`location.hash = "#/reports/${id}"`)
    await live(page).waitFor()
    assert.strictEqual(await drawings(page), 0)
    read.resolve()
    await drawn(page, 2)
    await settled(page)
    assert.strictEqual(await drawings(page), 2)
    await page.close()
  })

  it("only a changed series is drawn again when a stream sends all series again", async () => {
    const page = await blank()
    await page.goto(address("#/new"))
    let opens = 0
    await page.route("**/metrics/run", async (route) => {
      opens += 1
      const { accept: _stream, ...headers } = route.request().headers()
      const response = await route.fetch({ headers: { ...headers, accept: "application/json" } })
      const { results: [number, sources] } = await response.json()
      const changed = opens < 3 ? number : { ...number, stat: { ...number.stat, value: 7_000_001 } }
      const events = [changed, sources].map((one) => `event: series\ndata: ${JSON.stringify(one)}\n\n`)
      const body = [...events, `id: ${opens}.1\nevent: ready\ndata: {}\n\n`].join("")
      await route.fulfill({ contentType: "text/event-stream", body })
    })
    await page.evaluate(`location.hash = "#/reports/${await reportWith("Sent again", [stat, donut])}"`)
    await cardOf(page, "Total new leads").getByText("7M").waitFor()
    await settled(page)
    assert.isAtLeast(opens, 3)
    assert.strictEqual(await drawings(page), 3)
    await page.close()
  })

  it("after many changes between reports, the page has as many nodes and listeners as after a few", async () => {
    const { page } = await opened(browser(), address("#/new"))
    const titles = ["First of two", "Second of two"]
    const ids = await Promise.all(titles.map((title) => reportWith(title, [stat, donut])))
    const session = await page.context().newCDPSession(page)
    await session.send("Performance.enable")
    const counts = async () => {
      await session.send("HeapProfiler.collectGarbage")
      const { metrics } = await session.send("Performance.getMetrics")
      const valueOf = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0
      return { nodes: valueOf("Nodes"), listeners: valueOf("JSEventListeners"), bytes: valueOf("JSHeapUsedSize") }
    }
    /** Changes the report by its address, and waits in the page until both charts of the other one are drawn. */
    const change = (times: number) =>
      page.evaluate(`(async () => {
        const reports = ${JSON.stringify(titles.map((title, index) => ({ title, id: ids[index] })))}
        for (let at = 0; at < ${times}; at++) {
          const { id, title } = reports[at % 2]
          location.hash = "#/reports/" + id
          const isShown = () => document.title.startsWith(title) && document.querySelectorAll(".plot svg").length === 2
          while (!isShown()) await new Promise((done) => setTimeout(done, 5))
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
        }
      })()`)
    /** Garbage is not always collected at once, so the least of several counts is taken. */
    const least = async () => {
      const all = [await counts(), await counts(), await counts(), await counts(), await counts()]
      const of = (key: "nodes" | "listeners" | "bytes") => Math.min(...all.map((one) => one[key]))
      return { nodes: of("nodes"), listeners: of("listeners"), bytes: of("bytes") }
    }
    await change(20)
    const before = await least()
    await change(storesFor({ quick: 40, full: 200 }))
    const after = await least()
    assert.isAtMost(after.nodes, before.nodes * 1.1, JSON.stringify({ before, after }))
    assert.isAtMost(after.listeners, before.listeners * 1.1, JSON.stringify({ before, after }))
    assert.isAtMost(after.bytes, before.bytes * 1.3)
    await page.close()
  })
})
