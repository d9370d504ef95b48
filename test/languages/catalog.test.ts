import { afterAll, assert, describe, it } from "@effect/vitest"
import { contentTypes } from "../../src/domain/DocumentFormat.ts"
import { sourcesIn } from "../../src/languages/compile.ts"
import { localizationOf } from "../../src/languages/messagesOf.ts"
import { all } from "../../src/metrics/all.ts"
import { asWords } from "../../src/metrics/labels.ts"
import { dimensionsOf } from "../../src/metrics/Metric.ts"
import { deal, email, lead, recordTypeOf, share, spell } from "../../src/metrics/recordTypes.ts"
import { labelsIn } from "../../src/presentation/inLanguage.ts"
import { demoTables } from "../../src/testing/demoTables.ts"
import { signTestToken } from "../../src/testing/signTestToken.ts"
import { exportsOver } from "../support/exports.ts"
import { openMcpApp } from "../support/McpApp.ts"
import { rowsOfSheet } from "../support/sheets.ts"

const now = new Date("2026-11-20T12:00:00Z")
const tables = demoTables({ leads: 100, now })
const { ask, dispose, post } = exportsOver(tables, now)
const agents = openMcpApp({ tables, now, roleOf: () => "admin" })
afterAll(() => Promise.all([dispose(), agents.close()]))

const ana = { organizationId: "org_demo", userId: "user_ana", role: "admin" } as const

const textsOfMetrics = (): { readonly [key: string]: string } => {
  const texts: Record<string, string> = {}
  for (const [id, metric] of Object.entries(all)) {
    const category = id.slice(0, id.indexOf("."))
    texts[`category.${category}`] = asWords(category)
    texts[id] = metric.label
    texts[`${id}.description`] = metric.description
    for (const { key, label, values } of dimensionsOf(metric)) {
      texts[`dimension.${key}`] = label
      for (const known of values) {
        const isOfFunnel = id === "leads.funnel" && known.value === "lead"
        texts[isOfFunnel ? `${id}.${key}.${known.value}` : `${key}.${known.value}`] = known.label
      }
    }
  }
  return texts
}

const sorted = (texts: { readonly [key: string]: string } = {}) => Object.entries(texts).toSorted()

describe("the texts of the catalog", () => {
  it("the English texts are those of the metrics, their dimensions, and their known values", () => {
    assert.deepStrictEqual(sorted(sourcesIn()["en/catalog.json"]), sorted(textsOfMetrics()))
  })
})

describe("the columns of records", () => {
  const types = [lead, deal, email, spell, share, recordTypeOf("tasks"), recordTypeOf("calls")]
  const columns = types.flatMap((type) => type.columns.map(({ field: { name: key }, label }) => ({ key, label })))

  it("the English names are those of the record types", () => {
    const english = localizationOf("en").t
    assert.deepStrictEqual(
      columns.map(({ key }) => english.recordColumn({ key, label: "" })),
      columns.map(({ label }) => label)
    )
  })

  it.each(["es", "de"])("each column has a name in %s, and other columns keep their label", (language) => {
    const { t } = localizationOf(language)
    assert.deepStrictEqual(columns.filter(({ key }) => t.recordColumn({ key, label: "" }) === ""), [])
    assert.strictEqual(t.recordColumn({ key: "link", label: "link" }), "link")
  })
})

describe("a file of records in a language", () => {
  it("the heads, known values, and filters of an XLSX file are in the language of the request", async () => {
    const widget = { instanceId: "deals", metricId: "leads.total", chart: "stat", filters: { status: ["client"] } }
    const headers = { accept: contentTypes.xlsx, "accept-language": "de" }
    const body = JSON.stringify({ everyone: true, timeframe: { preset: "all_time" }, widget })
    const { bytes, status } = await ask(ana, "/metrics/records", { method: "POST", body, headers })
    assert.strictEqual(status, 200)
    const [heads = {}, first = {}] = rowsOfSheet(bytes)
    assert.includeMembers(Object.values(heads), ["Quelle", "Angelegt (UTC)", "link"])
    assert.include(Object.values(first), "Kunde")
    const about = JSON.stringify(rowsOfSheet(bytes, 2))
    assert.include(about, "Status: Kunde")
    assert.match(about, /"\d+ \(Anzahl\)"/)
  })
})

const catalogIn = async (language: string, headers: Record<string, string> = {}) => {
  const answer = await ask(ana, "/catalog", { headers: { "accept-language": language, ...headers } })
  const text = answer.bytes.toString()
  const metrics: ReadonlyArray<Record<string, unknown>> = text === "" ? [] : JSON.parse(text).metrics
  return { ...answer, etag: answer.headers.get("etag") ?? "", metrics }
}

const labels = { en: "Leads by status", "es-MX": "Contactos por estado", "de-AT": "Leads nach Status" }

describe("the catalog in a language", () => {
  it.each([...Object.entries(labels), ...Object.entries(labels).toReversed(), ["fr", labels.en] as const])(
    "a request with Accept-Language: %s gets the label %s",
    async (language, label) => {
      const { headers, metrics } = await catalogIn(language)
      assert.strictEqual(metrics.find(({ id }) => id === "leads.by_status")?.["label"], label)
      assert.include((headers.get("vary") ?? "").split(", "), "Accept-Language")
    }
  )

  it("the catalog has the category, the dimensions, and the known values in the language", async () => {
    const { metrics } = await catalogIn("de")
    const find = (id: string) => metrics.find((metric) => metric["id"] === id)
    assert.strictEqual(find("deals.win_rate")?.["categoryLabel"], "Deals")
    assert.strictEqual(find("tasks.overdue")?.["categoryLabel"], "Aufgaben")
    assert.include(JSON.stringify(find("leads.by_status")?.["dimensions"]), "\"value\":\"lead\",\"label\":\"Neu\"")
    assert.include(JSON.stringify(find("leads.funnel")?.["dimensions"]), "\"value\":\"lead\",\"label\":\"Eingegangen\"")
  })

  it("the ETag of a language gets 304 in this language only", async () => {
    const { etag } = await catalogIn("de")
    assert.strictEqual((await catalogIn("de", { "if-none-match": etag })).status, 304)
    assert.strictEqual((await catalogIn("es", { "if-none-match": etag })).status, 200)
    assert.strictEqual((await catalogIn("en", { "if-none-match": etag })).status, 200)
  })

  it("agents get English names, whatever their language is", async () => {
    const call = {
      jsonrpc: "2.0",
      id: 2,
      method: "tools/call",
      params: { name: "search_metrics", arguments: { words: "leads.by_status" } }
    }
    const answer = await (await agents.ask(signTestToken(ana), call, { "accept-language": "de" })).text()
    assert.include(answer, "Leads by status")
    assert.notInclude(answer, "Leads nach Status")
  })
})

const widget = { instanceId: "status", metricId: "leads.by_status", chart: "bar" }
const words = { en: "Potential", es: "Potencial", de: "Potenziell" }

const fileIn = async (language: string, accept: string) => {
  const headers = { accept, "accept-language": language }
  const body = JSON.stringify({ widgets: [widget] })
  return (await ask(ana, "/metrics/run", { method: "POST", body, headers })).bytes.toString()
}

describe("labels in a language", () => {
  it.each(["text/csv", "image/svg+xml"])(
    "files of one run at once have only words of their language: %s",
    async (accept) => {
      const languages = ["de", "en", "es", "de"]
      const files = await Promise.all(languages.map((language) => fileIn(language, accept)))
      for (const [index, file] of files.entries()) {
        const found = Object.entries(words).flatMap(([language, word]) => file.includes(word) ? [language] : [])
        assert.deepStrictEqual(found, [languages[index]])
      }
    }
  )

  it("a run and a snapshot in JSON have English labels in every language", async () => {
    assert.include(await fileIn("de", "application/json"), "Bad timing")
    const report = JSON.parse(
      (await post(ana, "/", {
        title: "Report",
        defaultTimeframe: { preset: "all_time" },
        layout: { widgets: [{ ...widget, x: 0, y: 0, w: 6, h: 5 }] }
      })).bytes.toString()
    )
    const snapshot = JSON.parse((await post(ana, `/${report.id}/snapshots`, {})).bytes.toString())
    const headers = { "accept-language": "de" }
    const file = await ask(ana, `/snapshots/${snapshot.id}/export?format=csv`, { headers })
    assert.include(file.bytes.toString(), "Schlechter Zeitpunkt")
    const found = JSON.parse((await ask(ana, `/snapshots/${snapshot.id}`, { headers })).bytes.toString())
    assert.include(JSON.stringify(found.series), "Bad timing")
    assert.strictEqual(found.contentHash, snapshot.contentHash)
  })

  it("a history and a comparison have the labels of known values, of the rest, and of a number without a dimension", () => {
    const values = [{ value: "lead", label: "Neu" }]
    const byStatus = {
      label: "Leads nach Status",
      shape: "category",
      dimensions: [{ key: "status", label: "Status", values }]
    } as const
    const labelOf = labelsIn(byStatus, undefined, localizationOf("de"))
    assert.strictEqual(labelOf("lead", "New"), "Neu")
    assert.strictEqual(labelOf("portal", "Portal"), "Portal")
    assert.strictEqual(labelOf("~other", "Other"), "Sonstige")
    const rate = { label: "Abschlussquote", shape: "stat", dimensions: [] } as const
    assert.strictEqual(labelsIn(rate, undefined, localizationOf("de"))("value", "Win rate"), "Abschlussquote")
    assert.strictEqual(labelsIn(rate, undefined, localizationOf("en"))("value", "Win rate"), "Win rate")
  })
})
