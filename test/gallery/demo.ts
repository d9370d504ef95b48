import type { CatalogEntry } from "../../src/domain/CatalogEntry.ts"
import type { Options } from "../../src/domain/Options.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { detailsOf } from "../../src/presentation/detailsOf.ts"
import { demoTables } from "../../src/testing/demoTables.ts"
import { signTestToken } from "../../src/testing/signTestToken.ts"
import { testHandler } from "../../src/testing/testApp.ts"
import { slicesOf } from "../support/slices.ts"
import type { Sized } from "./edges.ts"

const now = new Date("2026-11-20T12:00:00Z")

const sizes = { stat: [3, 3], timeseries: [4, 5], category: [4, 5], leaderboard: [4, 6] } as const

interface Wish {
  readonly entry: CatalogEntry
  readonly chart: CatalogEntry["defaultChart"]
  readonly groupBy?: string
}

const wishesOf = (entry: CatalogEntry): ReadonlyArray<Wish> => [
  ...entry.charts.map((chart) => ({ entry, chart })),
  ...entry.groupBys.flatMap((groupBy) => entry.charts.map((chart) => ({ entry, chart, groupBy })))
]

/** Draws every metric in every chart and grouping, as the demo organization's admin sees it. */
export const demoCards = async (): Promise<ReadonlyArray<Sized>> => {
  const tables = demoTables({ leads: 2_000, now })
  const organizationId = tables.organizations[0]?.organizationId ?? ""
  const admin = tables.members.find((member) => member.organizationId === organizationId)?.userId ?? ""
  const { dispose, handler } = testHandler({ tables, now })
  const authorization = `Bearer ${signTestToken({ organizationId, userId: admin, role: "admin" })}`
  const ask = async <A>(path: string, body?: unknown): Promise<A> => {
    const response = await handler(
      new Request(`http://gallery.test/crm-reports/${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) })
      })
    )
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return JSON.parse(await response.text())
  }
  const listed = await ask<Options>("options")
  const { metrics } = await ask<{ metrics: ReadonlyArray<CatalogEntry> }>("catalog")
  const people = tables.members.filter((member) => member.organizationId === organizationId).map(({ userId }) => userId)
  const wishes = metrics.flatMap(wishesOf)
  const answers = await Promise.all(
    slicesOf(wishes).map((page) =>
      ask<{ results: ReadonlyArray<MetricSeries> }>("metrics/run", {
        assigneeIds: people,
        timeframe: { preset: "last_12m", bucket: "month" },
        widgets: page.map(({ chart, entry, groupBy }, index) => ({
          instanceId: `w${index}`,
          metricId: entry.id,
          chart,
          ...(groupBy !== undefined && { groupBy })
        }))
      })
    )
  )
  await dispose()
  const series = answers.flatMap(({ results }) => results)
  return wishes.flatMap(({ chart, entry, groupBy }, index): ReadonlyArray<Sized> => {
    const found = series[index]
    if (found === undefined) return []
    const [w, h] = sizes[entry.shape]
    const by = groupBy === undefined ? "" : ` by ${groupBy}`
    return [{
      title: `${entry.label}${by}, ${chart}`,
      metricId: entry.id,
      description: entry.description,
      chart,
      series: found,
      details: detailsOf(entry, groupBy, listed),
      w,
      h
    }]
  })
}
