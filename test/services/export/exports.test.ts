import { afterAll, assert, describe, it } from "@effect/vitest"
import { contentTypes, DocumentFormat } from "../../../src/domain/DocumentFormat.ts"
import { demoTables } from "../../../src/testing/demoTables.ts"
import { exportsOver } from "../../support/exports.ts"

const now = new Date("2026-11-20T12:00:00Z")
const { ask, dispose, post } = exportsOver(demoTables({ leads: 300, now }), now)
afterAll(dispose)

const ana = { organizationId: "org_demo", userId: "user_ana", role: "admin" } as const
const bea = { organizationId: "org_demo", userId: "user_bea", role: "member" } as const

const widgets = [
  { instanceId: "total", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 4, h: 3 },
  {
    instanceId: "months",
    metricId: "leads.created_over_time",
    chart: "area",
    groupBy: "status",
    x: 4,
    y: 0,
    w: 8,
    h: 5
  },
  { instanceId: "agents", metricId: "team.leads_by_agent", chart: "leaderboard", x: 0, y: 3, w: 4, h: 5 }
]
const run = { widgets: widgets.map(({ h: _h, w: _w, x: _x, y: _y, ...asked }) => asked) }

const first: { readonly [F in DocumentFormat]: string } = {
  csv: "efbbbf776964676574",
  xlsx: "504b0304",
  svg: "3c73766720",
  png: "89504e470d0a1a0a",
  pdf: "255044462d"
}

const savedReport = async () => {
  const made = await post(ana, "/", {
    title: "Ventas / ñ \"2026\"",
    visibility: "organization",
    defaultTimeframe: { preset: "last_12m", bucket: "month" },
    layout: { widgets }
  })
  return String(JSON.parse(made.bytes.toString()).id)
}

const snapshotOf = async (report: string) => {
  const made = await post(ana, `/${report}/snapshots`, {})
  return String(JSON.parse(made.bytes.toString()).id)
}

/** The address of a request has no room for so many. */
const manyPeople = Array.from({ length: 1_000 }, (_, index) => `user_2abcdefghijklmnopqrstuvw${index}`)

describe("files", () => {
  it.each(DocumentFormat.literals)("a run, a report and a snapshot can be downloaded as %s", async (format) => {
    const report = await savedReport()
    const snapshot = await snapshotOf(report)
    const accept = { headers: { accept: contentTypes[format] } }
    const answers = [
      await post(ana, "/metrics/run", run, contentTypes[format]),
      await ask(ana, `/${report}/export?format=${format}`),
      await ask(ana, `/snapshots/${snapshot}/export?format=${format}`),
      await ask(ana, `/snapshots/${snapshot}`, accept),
      await post(ana, `/${report}/run`, { assigneeIds: manyPeople }, contentTypes[format])
    ]
    for (const { bytes, headers, status } of answers) {
      assert.strictEqual(status, 200, bytes.toString().slice(0, 300))
      assert.isTrue(headers.get("content-type")?.startsWith(contentTypes[format]))
      assert.isTrue(bytes.toString("hex").startsWith(first[format]))
      assert.match(
        headers.get("content-disposition") ?? "",
        new RegExp(`^attachment; filename=.*2026-11-20\\.${format}`)
      )
      assert.strictEqual(headers.get("x-content-type-options"), "nosniff")
      assert.include((headers.get("vary") ?? "").split(", "), "Accept")
    }
    assert.include(answers[1]?.headers.get("content-disposition"), "filename*=UTF-8''Ventas%20%20%20%C3%B1%20")
  })

  it.each(["text/*", "text/html, text/*;q=0.5"])(
    "a run with `Accept: %s` gets CSV",
    async (accept) => {
      const { headers, status } = await post(ana, "/metrics/run", run, accept)
      assert.deepStrictEqual([status, headers.get("content-type")?.split(";")[0]], [200, "text/csv"])
    }
  )

  it("the response to a run is JSON unless Accept prefers a file format", async () => {
    const accepts = ["*/*", "application/json", "text/html, */*;q=0.8", "text/csv;q=0.1, application/json", ""]
    await Promise.all(accepts.map(async (accept) => {
      const { headers, status } = await post(ana, "/metrics/run", run, accept)
      assert.deepStrictEqual([status, headers.get("content-type")], [200, "application/json"], accept)
    }))
  })

  it("two downloads of a snapshot have the same bytes", async () => {
    const snapshot = await snapshotOf(await savedReport())
    await Promise.all(DocumentFormat.literals.map(async (format) => {
      const path = `/snapshots/${snapshot}/export?format=${format}`
      const [one, other] = await Promise.all([ask(ana, path), ask(ana, path)])
      assert.isTrue(one.bytes.equals(other.bytes), format)
    }))
  })

  it("each card has its own title and place in the file of a report, as in that of its snapshot", async () => {
    const cards = [
      { instanceId: "1", metricId: "leads.total", chart: "stat", title: "🔥 All of them", x: 0, y: 0, w: 12, h: 9 },
      { instanceId: "2", metricId: "leads.total", chart: "stat", title: "Second", x: 4, y: 9, w: 8, h: 3 }
    ]
    const made = await post(ana, "/", { title: "Report", layout: { widgets: cards } })
    const { id } = JSON.parse(made.bytes.toString())
    const cardsOf = async (path: string) => {
      const svg = (await ask(ana, `${path}/export?format=svg`)).bytes.toString()
      const boxes = [...svg.matchAll(/<rect width="([\d.]+)" height="([\d.]+)" rx="10"/g)].map(([box]) => box)
      const titles = [...svg.matchAll(/>([^<]*)</g)].flatMap(([, text]) => cards.filter(({ title }) => title === text))
      return { titles: titles.map(({ title }) => title), boxes }
    }
    const shown = await cardsOf(`/${id}`)
    assert.deepStrictEqual(shown.titles, cards.map(({ title }) => title))
    assert.strictEqual(new Set(shown.boxes).size, 2)
    assert.deepStrictEqual(shown, await cardsOf(`/snapshots/${await snapshotOf(String(id))}`))
  })

  it("query parameters or a body set the timeframe, the people, the theme and the language of a file", async () => {
    const report = await savedReport()
    const link = (query: string) => ask(ana, `/${report}/export?format=csv&${query}`)
    const all = await link("assigneeIds=user_ana&assigneeIds=user_bea&preset=this_year&bucket=quarter")
    assert.strictEqual(all.status, 200)
    assert.include(all.bytes.toString(), "2026-04-01")
    const weeks = await link("preset=this_year&bucket=week&weekStart=7")
    assert.include(weeks.bytes.toString(), "2026-01-04")
    const everyone = await link("everyone=true")
    assert.include(everyone.bytes.toString(), "user_carlos")
    const posted = await post(ana, `/${report}/run`, { everyone: true }, contentTypes.csv)
    assert.isTrue(posted.bytes.equals(everyone.bytes))
    const own = await link("assigneeIds=user_bea")
    assert.notInclude(own.bytes.toString(), "user_ana")
    const dark = await ask(ana, `/${report}/export?format=svg&theme=dark&locale=de`)
    assert.include(dark.bytes.toString(), "#171b23")
    assert.include(dark.bytes.toString(), "Nov. 2026")
  })

  it.each(["png", "pdf"])(
    "the numbers and dates of a %s file are in English if its fonts lack letters of the language",
    async (format) => {
      const snapshot = await snapshotOf(await savedReport())
      const locales = ["en", "mr", "ja", "fa"]
      const files = await Promise.all(
        locales.map((locale) => ask(ana, `/snapshots/${snapshot}/export?format=${format}&locale=${locale}`))
      )
      const [english] = files
      assert.deepStrictEqual(files.map(({ bytes }) => english?.bytes.equals(bytes)), [true, true, true, false])
    }
  )

  it.each([
    ["format=docx", "format"],
    ["", "format"],
    ["format=csv&theme=blue", "theme"],
    ["format=csv&locale=not_a_tag", "locale"]
  ])("an export with the query string %j gets 400", async (query, path) => {
    const { bytes, status } = await ask(ana, `/${await savedReport()}/export?${query}`)
    assert.strictEqual(status, 400)
    assert.strictEqual(JSON.parse(bytes.toString()).issues[0].path, path)
  })

  it("an export gets 404 if the caller may not read the report or snapshot", async () => {
    const made = await post(ana, "/", { title: "Private", layout: { widgets } })
    const { id } = JSON.parse(made.bytes.toString())
    const { id: snapshot } = JSON.parse((await post(ana, `/${id}/snapshots`, {})).bytes.toString())
    const paths = [`/${id}/export?format=csv`, `/snapshots/${snapshot}/export?format=csv`]
    const others = [bea, { ...ana, organizationId: "org_other" }]
    const answers = await Promise.all(paths.flatMap((path) => others.map((person) => ask(person, path))))
    assert.deepStrictEqual(answers.map(({ status }) => status), [404, 404, 404, 404])
  })

  it("a member's file has the same numbers as the member's own run", async () => {
    const report = await savedReport()
    const json = JSON.parse(
      (await post(bea, "/metrics/run", { ...run, timeframe: { preset: "last_12m" } })).bytes.toString()
    )
    const file = await ask(bea, `/${report}/export?format=csv`)
    const lines = file.bytes.toString().split("\r\n")
    const total = lines.find((line) => line.startsWith("total,"))?.split(",")
    assert.strictEqual(total?.[6], String(json.results[0].stat.value))
    assert.match(lines.find((line) => line.startsWith("agents,")) ?? "", /,,,,,,count,,,Admins only: /)
  })
})
