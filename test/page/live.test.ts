import { assert, describe, it } from "@effect/vitest"
import type { Page, Request, Route } from "playwright-core"
import { drawn, isBrowserMissing, isStream, opened } from "./support/browser.ts"
import { cardOf, labelOf } from "./support/cards.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { panel } from "./support/panel.ts"
import { setting } from "./support/setting.ts"
import { within } from "./support/until.ts"

const eventsOf = (series: unknown, id: number) => ({
  contentType: "text/event-stream",
  body: `id: ${id}.1\nevent: series\ndata: ${JSON.stringify(series)}\n\nid: ${id}.2\nevent: ready\ndata: {}\n\n`
})

interface Changeable {
  readonly stat?: object | null
  readonly points?: ReadonlyArray<unknown> | undefined
}

const ended = (page: Page) => page.waitForEvent("requestfailed", isStream)

const setHidden = (page: Page, isHidden: boolean) =>
  page.evaluate(`
    Object.defineProperty(document, "hidden", { get: () => ${isHidden}, configurable: true })
    document.dispatchEvent(new Event("visibilitychange"))
  `)

describe.skipIf(isBrowserMissing)("live numbers on the page", () => {
  const { address, browser } = setting()
  const { reportWith } = demoApi(address)

  it("the switch says Live while a stream is open, and a click ends the stream", async () => {
    const { complaints, page } = await opened(browser(), address(), { isLive: true })
    await drawn(page, 11)
    const closed = ended(page)
    await page.getByRole("button", { name: "Live", exact: true }).click()
    await closed
    await page.getByRole("button", { name: "Paused" }).click()
    await page.getByRole("button", { name: "Live", exact: true }).waitFor()
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("a hidden tab has no stream, and gets one when it is shown again", async () => {
    const { page } = await opened(browser(), address(), { isLive: true })
    const live = page.getByRole("button", { name: "Live", exact: true })
    await live.waitFor()
    const closed = ended(page)
    await setHidden(page, true)
    await closed
    await live.waitFor({ state: "detached" })
    await setHidden(page, false)
    await live.waitFor()
    await page.close()
  })

  it("an expired stream is opened again from its last event, and the card then shows the newer series", async () => {
    const id = await reportWith("Streamed", [stat])
    const { page } = await opened(browser(), address("#/new"), { isLive: true })
    let opens = 0
    const again = Promise.withResolvers<string | undefined>()
    await page.route("**/metrics/run", async (route) => {
      if (!isStream(route.request())) return await route.continue()
      opens += 1
      if (opens === 2) again.resolve(route.request().headers()["last-event-id"])
      const { accept: _stream, ...headers } = route.request().headers()
      const run = await route.fetch({ headers: { ...headers, accept: "application/json" } })
      const { results: [series] } = await run.json()
      const changed = { ...series, stat: { ...series.stat, value: 7_000_000 + opens } }
      await route.fulfill({
        contentType: "text/event-stream",
        body: `id: ${opens}.1\nevent: series\ndata: ${
          JSON.stringify(changed)
        }\n\nid: ${opens}.2\nevent: ready\ndata: {}\n\nevent: expired\ndata: {}\n\n`
      })
    })
    await page.evaluate(`location.hash = "#/reports/${id}"`)
    await cardOf(page, "Total new leads").getByText(/7,000,002|7M|7\.0M/).first().waitFor()
    assert.strictEqual(await within("a second stream", again.promise), "1.2")
    await page.close()
  })

  it("after “Count again”, a new stream counts, and the page has only this stream", async () => {
    const id = await reportWith("Counted again", [stat])
    const { page } = await opened(browser(), address(`#/reports/${id}`), { isLive: true })
    await page.getByRole("button", { name: "Live", exact: true }).waitFor()
    const again = Promise.withResolvers<Request>()
    await page.route("**/metrics/run", async (route) => {
      const { accept: _stream, ...headers } = route.request().headers()
      const response = await route.fetch({ headers: { ...headers, accept: "application/json" } })
      const { results: [series] } = await response.json()
      const newer = { ...series, stat: { ...series.stat, value: 7_000_001 } }
      await route.fulfill(eventsOf(newer, 1))
      again.resolve(route.request())
    }, { times: 1 })
    const closed = ended(page)
    await page.getByRole("button", { name: "Count again" }).click()
    await closed
    const request = await within("a second stream", again.promise)
    assert.isTrue(isStream(request))
    assert.isUndefined(request.headers()["last-event-id"])
    await cardOf(page, "Total new leads").getByText(/7,000,001|7M|7\.0M/).first().waitFor()
    await page.close()
  })
})

describe.skipIf(isBrowserMissing)("records while the numbers change", () => {
  const { address, browser } = setting()
  const { reportWith } = demoApi(address)

  /** Opens a report of one card. The page waits for the first event of its stream until `change` sends a series. */
  const changing = async (widget: object, first: (series: Changeable) => Changeable) => {
    const { page } = await opened(browser(), address("#/new"), { isLive: true })
    const stream = Promise.withResolvers<Route>()
    const run = Promise.withResolvers<Changeable>()
    let opens = 0
    await page.route("**/metrics/run", async (route) => {
      opens += 1
      if (opens > 1) return stream.resolve(route)
      const { accept: _stream, ...headers } = route.request().headers()
      const response = await route.fetch({ headers: { ...headers, accept: "application/json" } })
      const { results: [series] } = await response.json()
      const shown = first(series)
      run.resolve(shown)
      await route.fulfill(eventsOf(shown, 1))
    })
    await page.evaluate(`location.hash = "#/reports/${await reportWith("Changing", [widget])}"`)
    await drawn(page)
    const change = async (of: (series: Changeable) => Changeable) =>
      (await within("a stream", stream.promise)).fulfill(eventsOf(of(await within("a run", run.promise)), 2))
    return { page, change }
  }

  it("while the number of a card changes, its open records are listed and counted again", async () => {
    const held = { count: 7 }
    const counted = (series: Changeable) => ({ ...series, stat: { ...series.stat, value: held.count } })
    const { change, page } = await changing(stat, counted)
    await page.route("**/metrics/records", async (route) => {
      const response = await route.fetch()
      const { results, ...rest } = await response.json()
      const json = route.request().postDataJSON().part === "totals"
        ? { ...rest, results, total: held.count, sums: { n: String(held.count), d: null } }
        : { ...rest, results: results.slice(0, held.count), next: null }
      await route.fulfill({ response, json })
    })
    await cardOf(page, "Total new leads").locator(".plot").click()
    await panel(page).getByText("7 leads", { exact: true }).waitFor()
    await panel(page).getByText("All 7 shown").waitFor()
    held.count = 8
    await change(counted)
    await panel(page).getByText("8 leads", { exact: true }).waitFor()
    await panel(page).getByText("All 8 shown").waitFor()
    await page.close()
  })

  it("Enter opens the records of the announced point, even if the points have another order since", async () => {
    const widget = { ...stat, metricId: "leads.by_status", chart: "bar", w: 6, h: 7 }
    const { change, page } = await changing(widget, (series) => series)
    await page.getByRole("application", { name: /^Leads by status: / }).focus()
    await page.keyboard.press("ArrowRight")
    const [announced] = (await page.getByText(/^[A-Z][a-z ]+: [\d,]+$/).innerText()).split(":")
    const before = await labelOf(page, "Leads by status")
    await change(({ points, ...series }) => ({ ...series, points: points?.toReversed().slice(1) }))
    await page.locator(`.plot:not([aria-label="${before}"])`).waitFor()
    await page.keyboard.press("Enter")
    await page.getByRole("dialog", { name: `Leads by status: ${announced}` }).waitFor()
    await page.close()
  })
})

describe.skipIf(isBrowserMissing)("the page at a service without streams", () => {
  const { address, browser } = setting({ LIVE_STREAMS: "0" })

  it("without a stream, the page shows its numbers by JSON, and counts again on demand", async () => {
    const { page } = await opened(browser(), address("#/new"), { isLive: true })
    const asked: Array<boolean> = []
    page.on("request", (request) => {
      if (request.url().endsWith("/metrics/run")) asked.push(isStream(request))
    })
    const refused = page.waitForResponse((response) => isStream(response.request()))
    await page.getByRole("link", { name: "Owner's overview" }).click()
    await drawn(page, 11)
    assert.strictEqual((await refused).status(), 503)
    assert.deepStrictEqual(asked.slice(0, 2), [true, false])
    const counted = page.waitForResponse((response) => response.url().endsWith("/run") && !isStream(response.request()))
    await page.getByRole("button", { name: "Count again" }).click()
    assert.strictEqual((await counted).status(), 200)
    await page.getByRole("button", { name: "Connecting…" }).waitFor()
    await page.close()
  })
})
