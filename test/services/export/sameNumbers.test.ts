import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { contentTypes, type DocumentFormat } from "../../../src/domain/DocumentFormat.ts"
import { organizationOwner } from "../../../src/domain/Target.ts"
import type { Report } from "../../../src/page/api/wire.ts"
import { requestOf } from "../../../src/page/report/requestOf.ts"
import { viewOf, viewRequestOf } from "../../../src/page/report/View.ts"
import { templates } from "../../../src/templates.ts"
import { demoTables } from "../../../src/testing/demoTables.ts"
import { seedsFor } from "../../proof/storesFor.ts"
import { compareCsv, comparePdf, compareXlsx } from "../../support/comparedFiles.ts"
import { exportsOver } from "../../support/exports.ts"
import { randomViews } from "../../support/randomViews.ts"
import { screenCards } from "../../support/screenCards.ts"

const now = new Date("2026-11-20T12:00:00Z")
const tables = demoTables({ leads: 400, now })
const { ask, dispose } = exportsOver(tables, now)
afterAll(dispose)

const queryOf = randomViews(tables, now.getTime())
const ana = { organizationId: "org_demo", userId: "user_ana", role: "admin" } as const
const bea = { organizationId: "org_demo", userId: "user_bea", role: "member" } as const
const locales = ["en-US", "de-DE", "es-ES", "de-AT", "en-GB"]

const readerOf = (person: typeof ana | typeof bea, locale = "en-US") => {
  const file = async (path: string, format: DocumentFormat | undefined, body?: object) => {
    const accept = format === undefined ? "application/json" : contentTypes[format]
    const { bytes, status } = await ask(person, path, {
      headers: { accept, "accept-language": locale },
      ...(body !== undefined && { method: "POST", body: JSON.stringify(body) })
    })
    assert.isBelow(status, 300, bytes.toString())
    return bytes
  }
  return { file, json: async (path: string, body?: object) => JSON.parse(String(await file(path, undefined, body))) }
}

beforeAll(async () => {
  const { json } = readerOf(ana)
  for (const metricId of ["deals.won_value_over_time", "team.won_value_by_agent"]) {
    for (const owner of [organizationOwner, "user_ana", "user_bea"]) {
      // oxlint-disable-next-line no-await-in-loop
      await json("/targets", { metricId, for: owner, period: "year", values: { 2026: 1_234_567.89 } })
    }
  }
})

/** Opens a report under a view, as the page does. Some readers are members. */
const shown = async (seed: number) => {
  const { adminOnly = false, defaultTimeframe, layout, title } = templates[seed % templates.length] ?? {}
  const person = seed % 4 === 1 && !adminOnly ? bea : ana
  const locale = locales[seed % locales.length] ?? ""
  const { file, json } = readerOf(person, locale)
  const report: Report = await json("", { defaultTimeframe, layout, title })
  const { layout: { widgets } } = report
  const request = viewRequestOf(viewOf(new URLSearchParams(queryOf(seed))), report, person.role)
  const { results } = await json("/metrics/run", requestOf(widgets, request))
  const { metrics: catalog } = await json("/catalog")
  return {
    fileOf: (format: DocumentFormat) => file(`/${report.id}/run`, format, request),
    frozen: () => json(`/${report.id}/snapshots`, { title: "Same", ...request }),
    fileOfSnapshot: (id: string) => file(`/snapshots/${id}`, "csv"),
    results,
    screen: { locale, cards: screenCards({ catalog, locale, results, widgets }) }
  }
}

const seeds = seedsFor({ quick: 6, full: 200 })

describe("a view of a report", () => {
  it.each(seeds)(
    "a snapshot and files in CSV and XLSX have the numbers of the screen, under random view %d",
    async (seed) => {
      const { fileOf, fileOfSnapshot, frozen, results, screen } = await shown(seed)
      const { id, series } = await frozen()
      assert.deepStrictEqual(series, results)
      const csv = await fileOf("csv")
      compareCsv(screen, csv)
      assert.strictEqual(String(await fileOfSnapshot(id)), String(csv))
      compareXlsx(screen, await fileOf("xlsx"))
    }
  )

  it.each(seeds.filter((_, index) => index % 5 === 1))(
    "a PDF file has the numbers of the screen, under random view %d",
    async (seed) => {
      const { fileOf, screen } = await shown(seed)
      await comparePdf(screen, await fileOf("pdf"))
    }
  )
})
