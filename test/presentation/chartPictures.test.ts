import { afterAll, assert, describe, it } from "@effect/vitest"
import { contentTypes } from "../../src/domain/DocumentFormat.ts"
import { dark, light } from "../../src/presentation/themes.ts"
import { demoTables } from "../../src/testing/demoTables.ts"
import { exportsOver } from "../support/exports.ts"

const now = new Date("2026-11-20T12:00:00Z")
const { dispose, post } = exportsOver(demoTables({ leads: 300, now }), now)
afterAll(dispose)

const ana = { organizationId: "org_demo", userId: "user_ana", role: "admin" } as const

const won = { instanceId: "won", metricId: "deals.won_value_over_time", chart: "area" }
const total = { instanceId: "total", metricId: "leads.total", chart: "stat" }
const timeframe = { preset: "last_12m", bucket: "month" }

type Format = keyof typeof contentTypes

const fileOf = (query: string, widgets: ReadonlyArray<object>, format: Format = "svg") =>
  post(ana, `/metrics/run${query}`, { timeframe, widgets }, contentTypes[format])

const partsOf = ({ bytes, status }: Awaited<ReturnType<typeof fileOf>>) => {
  const svg = bytes.toString()
  assert.strictEqual(status, 200, svg)
  const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg) ?? []
  const texts = [...svg.matchAll(/<(?:text|title)\b[^>]*>(.*?)<\/(?:text|title)>/g)].map(([, inner = ""]) =>
    inner.replaceAll(/<[^>]*>/g, "")
  )
  return { svg, texts, width: Number(width), height: Number(height) }
}

const svgOf = async (query: string, ...widgets: ReadonlyArray<object>) => partsOf(await fileOf(query, widgets))

const issuesOf = ({ bytes, status }: Awaited<ReturnType<typeof fileOf>>) => {
  assert.strictEqual(status, 400, bytes.toString())
  return JSON.parse(bytes.toString()).issues
}

describe("a picture of a run of one widget", () => {
  it("a picture of one widget has its title once, and neither a frame nor the scope", async () => {
    const { svg, texts } = await svgOf("", won)
    assert.strictEqual(texts.filter((text) => text === "Won value").length, 1, texts.join("\n"))
    assert.notInclude(svg, "rx=\"10\"")
    assert.notInclude(svg, light.page)
    assert.isFalse(texts.some((text) => text.includes("Records of") || text.includes("As of")))
    assert.include(texts, "Dec 1, 2025 – Nov 30, 2026  ·  Lighter: part of a month")
  })

  it("a narrow picture has the whole caption", async () => {
    const { texts } = await svgOf("?width=200", { ...won, comparePrevious: true })
    assert.notInclude(texts.join("\n"), "…")
    assert.include(texts.join(" "), "Dashed: previous period, Dec 1, 2024 – Nov 20, 2025")
  })

  it("a picture of one widget is 600 pixels wide, or as wide as `width` says", async () => {
    const sizes = await Promise.all(["", "?width=200", "?width=320", "?width=2000"].map(async (query) => {
      const { height, width } = await svgOf(query, won)
      assert.isAtMost(height, 500)
      return width
    }))
    assert.deepStrictEqual(sizes, [600, 200, 320, 2000])
  })

  it("a PNG picture of one widget has two pixels for each pixel of `width`", async () => {
    const { bytes } = await fileOf("?width=320", [won], "png")
    const { height } = await svgOf("?width=320", won)
    assert.deepStrictEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [640, 2 * height])
  })

  it("a picture of one number is lower than a picture of a series", async () => {
    assert.isBelow((await svgOf("?width=320", total)).height, (await svgOf("?width=320", won)).height)
  })

  it("a picture of a widget that cannot be computed says so", async () => {
    const { texts } = await svgOf("?width=400", { instanceId: "1", metricId: "no.such_metric", chart: "bar" })
    assert.include(texts, "No answer")
    assert.include(texts.join(" "), "there is no metric \"no.such_metric\"".replaceAll("\"", "&quot;"))
  })
})

describe("a picture of a run of one table of people", () => {
  it("has the title of the table, its timeframe once, all people, and no card", async () => {
    const widgets = ["team.leads_by_agent", "team.calls_by_agent"].map((metricId) => (
      { instanceId: metricId, metricId, chart: "leaderboard", table: "Board" }
    ))
    const request = { everyone: true, timeframe, widgets }
    const { svg, texts, width } = partsOf(await post(ana, "/metrics/run?width=500", request, contentTypes.svg))
    assert.strictEqual(width, 500)
    for (const text of ["Board", "Leads", "Calls"]) {
      assert.strictEqual(texts.filter((one) => one === text).length, 1, text)
    }
    assert.strictEqual(texts.filter((text) => text.startsWith("Dec 1, 2025 – Nov 30, 2026")).length, 1)
    assert.isFalse(texts.some((text) => text.includes(" more")))
    assert.include(svg, "aria-label=\"Board: Leads, Calls\"")
    assert.notInclude(svg, "rx=\"10\"")
  })
})

describe("the theme and the language of a picture of a run", () => {
  it.each([["one widget", [won]], ["several widgets", [won, total]]] as const)(
    "`theme` and `locale` set the colors and the language of a picture of %s",
    async (_, widgets) => {
      const { svg, texts } = await svgOf("?theme=dark&locale=de", ...widgets)
      assert.include(svg, dark.surface)
      assert.notInclude(svg, light.surface)
      assert.isTrue(texts.some((text) => text.includes("1. Dez. 2025")), texts.join("\n"))
    }
  )

  it("a picture of several widgets is a page of cards", async () => {
    const { svg, width } = await svgOf("", won, total)
    assert.strictEqual(width, 1200)
    assert.strictEqual(svg.split("rx=\"10\"").length - 1, 2)
  })
})

describe("the query parameters of a run", () => {
  it.each(["svg", "png"] as const)("`width` with several widgets gets 400 for %s", async (format) => {
    assert.deepStrictEqual(issuesOf(await fileOf("?width=600", [won, total], format)), [
      { path: "width", message: "is for a picture of one widget or table, but the request has 2" }
    ])
  })

  it("`width` has no effect on a CSV file", async () => {
    const [wide, plain] = [await fileOf("?width=600", [won, total], "csv"), await fileOf("", [won, total], "csv")]
    assert.strictEqual(wide.status, 200)
    assert.isTrue(wide.bytes.equals(plain.bytes))
  })

  it.each([
    ["width=199", "width"],
    ["width=2001", "width"],
    ["width=320.5", "width"],
    ["width=", "width"],
    ["width=320&width=640", "width"],
    ["theme=blue", "theme"],
    ["locale=not_a_tag", "locale"]
  ])("a run with the query string %j gets 400, as a picture and as JSON", async (query, path) => {
    const json = await post(ana, `/metrics/run?${query}`, { widgets: [won] })
    for (const answer of [await fileOf(`?${query}`, [won]), json]) {
      assert.strictEqual(issuesOf(answer)[0].path, path)
    }
  })

  it("an unknown query parameter of a run gets 400 with the names of the known parameters", async () => {
    assert.deepStrictEqual(issuesOf(await fileOf("?widht=600", [won])), [{
      path: "widht",
      message: "is not a query parameter of this operation, which has width, theme, locale"
    }])
  })
})
