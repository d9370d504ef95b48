import { assert, describe, it } from "@effect/vitest"
import { random, seedOf } from "../../src/data/Random.ts"
import { itemsOf, placedAt, reordered } from "../../src/page/grid/arrange.ts"
import { isBrowserMissing, opened } from "./support/browser.ts"
import { demoApi, stat } from "./support/demoApi.ts"
import { anyWidgets, type Place, widgetsOf } from "./support/placed.ts"
import { setting } from "./support/setting.ts"
import { until } from "./support/until.ts"

/** The order of the cards on a phone. */
const orderOf = (widgets: ReadonlyArray<Place>) =>
  itemsOf(widgets).toSorted((a, b) => a.y - b.y || a.x - b.x).map(({ i }) => i)

describe("the order of cards", () => {
  it("a card that is moved up or down changes places with one card, whatever the sizes are", () => {
    for (let seed = 0; seed < 300; seed++) {
      const widgets = anyWidgets(seed)
      const order = orderOf(widgets)
      const place = random(seedOf(seed)).integer(0, order.length - 2)
      const [first = "", second = ""] = order.slice(place)
      const wanted = order.with(place, second).with(place + 1, first)
      for (const next of [reordered(widgets, second, "up"), reordered(widgets, first, "down")]) {
        assert.deepStrictEqual(orderOf(next ?? []), wanted)
        assert.deepStrictEqual(placedAt(next ?? [], itemsOf(next ?? [])), next)
      }
    }
  })

  it("a card of equal size leaves all other cards where they are", () => {
    const widgets = widgetsOf([0, 3, 6, 9].map((x) => ({ x, y: 0, w: 3, h: 3 })).concat({ x: 0, y: 3, w: 6, h: 7 }))
    const next = reordered(widgets, "card2", "up")
    assert.deepStrictEqual(next?.map(({ x, y }) => [x, y]), [[0, 0], [6, 0], [3, 0], [9, 0], [0, 3]])
  })

  it("the first card cannot be moved up, and the last one cannot be moved down", () => {
    const widgets = widgetsOf([0, 6].map((x) => ({ x, y: 0, w: 6, h: 3 })))
    assert.isUndefined(reordered(widgets, "card0", "up"))
    assert.isUndefined(reordered(widgets, "card1", "down"))
    assert.isUndefined(reordered(widgets, "absent", "up"))
  })
})

describe.skipIf(isBrowserMissing)("the order of cards on the page", () => {
  const { address, browser } = setting()
  const { reportWith } = demoApi(address)
  const cards = ["leads.total", "deals.win_rate", "calls.connect_rate"].map((metricId, at) => ({
    ...stat,
    instanceId: `card${at}`,
    metricId,
    x: at * 4,
    w: 4
  }))

  it("a card that is dragged by its grip changes places with a card of equal size, unless Escape is pressed", async () => {
    const id = await reportWith("By grip", cards)
    const { complaints, page } = await opened(browser(), address(`#/reports/${id}`))
    await page.getByRole("button", { name: "Edit", exact: true }).click()
    const middleOf = async (title: string) => {
      const grip = page.locator(".editable-grid").getByRole("button", { name: `Move ${title}` })
      await grip.waitFor()
      const { height, width, x, y } = await grip.boundingBox() ?? assert.fail("It is not drawn.")
      return [x + width / 2, y + height / 2] as const
    }
    const [from, to] = [await middleOf("Connect rate"), await middleOf("Total new leads")]
    const dragging = page.locator(".react-draggable-dragging")
    await page.mouse.move(...from)
    await page.mouse.down()
    await page.mouse.move(...to, { steps: 12 })
    await dragging.waitFor()
    await page.keyboard.press("Escape")
    await dragging.waitFor({ state: "detached" })
    await page.mouse.up()
    await until("the last place", () => middleOf("Connect rate"), from)
    assert.isTrue(await page.getByRole("button", { name: "Undo", exact: true }).isDisabled())
    await page.mouse.move(...from)
    await page.mouse.down()
    await page.mouse.move(...to, { steps: 12 })
    await page.mouse.up()
    await until("the first place", () => middleOf("Connect rate"), to)
    await until("the last place", () => middleOf("Total new leads"), from)
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })

  it("on a phone, a card is moved before or after another card by its menu", async () => {
    const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
    const { page } = await opened(browser(), address(`#/reports/${await reportWith("By hand", cards)}`), phone)
    await page.getByRole("button", { name: "Edit", exact: true }).tap()
    const order = (titles: ReadonlyArray<string>) =>
      until("the order of the cards", () => page.locator(".grid.editing .card h2").allInnerTexts(), titles)
    await order(["Total new leads", "Win rate", "Connect rate"])
    await page.getByRole("button", { name: "More for Win rate" }).tap()
    await page.getByRole("button", { name: "Move up" }).tap()
    await order(["Win rate", "Total new leads", "Connect rate"])
    assert.strictEqual(await page.getByRole("button", { name: /^Move (Win|Connect) rate/ }).count(), 0)
    await page.getByRole("button", { name: "More for Win rate" }).tap()
    assert.isTrue(await page.getByRole("button", { name: "Move up" }).isDisabled())
    await page.getByRole("button", { name: "Move down" }).tap()
    await page.getByRole("button", { name: "More for Connect rate" }).tap()
    assert.isTrue(await page.getByRole("button", { name: "Move down" }).isDisabled())
    await page.getByRole("button", { name: "Move up" }).tap()
    await order(["Total new leads", "Connect rate", "Win rate"])
    await page.setViewportSize({ width: 390, height: 400 })
    await until("“Save” beside the title", async () => {
      await page.evaluate("scrollTo(0, 200)")
      const box = await page.getByRole("button", { name: "Save", exact: true }).boundingBox()
      return await page.evaluate("scrollY") === 200 && box !== null && box.y >= 0 && box.y + box.height <= 56
    })
    await page.close()
  })
})
