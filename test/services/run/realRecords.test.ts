import { assert, describe, layer } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { Effect, Layer, Stream } from "effect"
import { type Random, random } from "../../../src/data/Random.ts"
import { recordFormats } from "../../../src/domain/DocumentFormat.ts"
import type { RecordsRequest } from "../../../src/domain/Records.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { recordFile } from "../../../src/services/export/recordFile.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { Records } from "../../../src/services/run/Records.ts"
import { storesFor } from "../../proof/storesFor.ts"
import { recordsLayer } from "../../support/ask.ts"
import type { PlainRow } from "../../support/plainCsv.ts"
import { importedRealData, isThere, listed, organizationOf, rowsOf } from "../../support/realData.ts"
import { rowsOfSheet } from "../../support/sheets.ts"
import { caller } from "../../support/TestApp.ts"

interface Subject {
  readonly metricId: string
  readonly chart: string
  readonly table: string
  readonly id: string
  readonly at: string
  /** This column of the CSV file contains the category of a row. If it is undefined, the categories are people. */
  readonly column?: string
  readonly where?: (row: PlainRow) => boolean
}

const won = (row: PlainRow) => row["status"] === "won"

const leads = { chart: "bar", table: "leads", id: "lead_id", at: "created_at" }
const deals = { table: "deals", id: "deal_id", at: "closed_at" }
const calls = { chart: "donut", table: "calls", id: "call_id", at: "started_at" }

const subjects: readonly [Subject, ...ReadonlyArray<Subject>] = [
  { ...leads, metricId: "leads.by_status", column: "status" },
  { ...leads, metricId: "leads.by_source", column: "source" },
  { ...leads, metricId: "leads.by_type", column: "lead_type" },
  { ...leads, metricId: "team.leads_by_agent" },
  { ...deals, metricId: "team.deals_won_by_agent", chart: "bar", where: won },
  { ...deals, metricId: "team.win_rate_by_agent", chart: "bar", where: (row) => won(row) || row["status"] === "lost" },
  { ...calls, metricId: "calls.by_outcome", column: "outcome" },
  { ...calls, metricId: "calls.by_direction", column: "direction" },
  { ...calls, metricId: "team.calls_by_agent", chart: "bar" }
]

const peopleOf = (row: PlainRow) => [row["owner_id"] ?? "", ...listed(row["assignee_ids"])]

const organizations = ["org_itschool", "org_maven", "org_helpdesk"] as const

/** The files have several hundred thousand lines, so they are read once. */
const allRows = new Map(subjects.map((subject) => {
  const { at, table, where = () => true } = subject
  const rows = rowsOf(table).filter((row) => (row[at] ?? "") !== "" && where(row))
  return [subject, Map.groupBy(rows, organizationOf)] as const
}))

const rowsIn = (subject: Subject, organizationId: string): ReadonlyArray<PlainRow> =>
  allRows.get(subject)?.get(organizationId) ?? []

interface Point {
  readonly subject: Subject
  readonly organizationId: string
  readonly category: string
  readonly from: string
  readonly to: string
}

/** Chooses a point near the time of some row, so that most points have records. */
const pointOf = (chance: Random): Point | undefined => {
  const subject = chance.pick(subjects)
  const organizationId = chance.pick(organizations)
  const [first, ...others] = rowsIn(subject, organizationId)
  if (first === undefined) return undefined
  const row = chance.pick([first, ...others])
  const from = Date.parse(row[subject.at] ?? "") - chance.integer(0, 20) * 86_400_000
  const key = subject.column === undefined ? peopleOf(row)[0] ?? "" : row[subject.column] ?? ""
  return {
    subject,
    organizationId,
    category: key === "" && subject.column !== undefined ? "~none" : key,
    from: new Date(from).toISOString(),
    to: new Date(from + chance.integer(21, 60) * 86_400_000).toISOString()
  }
}

const members = new Map(organizations.map((organizationId) => {
  const rows = rowsOf("members").filter((row) => organizationOf(row) === organizationId)
  return [String(organizationId), new Set(rows.map((row) => row["user_id"] ?? ""))] as const
}))

/** Finds the expected ids in the CSV files, without code of the service. */
const idsInFiles = ({ category, from, organizationId, subject, to }: Point): ReadonlyArray<string> => {
  const own = members.get(organizationId) ?? new Set()
  return rowsIn(subject, organizationId).filter((row) => {
    const at = Date.parse(row[subject.at] ?? "")
    const isCounted = at >= Date.parse(from) && at < Date.parse(to) && peopleOf(row).some((id) => own.has(id))
    if (subject.column === undefined) return isCounted && peopleOf(row).includes(category)
    const value = row[subject.column] ?? ""
    return isCounted && (value === "" ? "~none" : value) === category
  }).map((row) => row[subject.id] ?? "")
}

const idsOf = {
  csv: (bytes: Buffer): ReadonlyArray<unknown> => {
    const rows: ReadonlyArray<{ readonly id: string }> = parse(bytes, { bom: true, columns: true })
    return rows.map(({ id }) => id)
  },
  xlsx: (bytes: Buffer): ReadonlyArray<unknown> => rowsOfSheet(bytes).slice(1).map(({ B }) => B)
}

/** Returns the ids in the file that the service exports, or none if it refuses the point. */
const idsInFile = Effect.fnUntraced(function*(
  { category, from, organizationId, subject: { chart, metricId }, to }: Point,
  format: keyof typeof idsOf
) {
  const request: RecordsRequest = {
    widget: { instanceId: "w", metricId, chart, timeframe: { preset: "custom", from, to } },
    everyone: true,
    at: { category }
  }
  const admin = caller("admin", "user_of_nobody", organizationId)
  const admission = { caller: admin, check: Effect.succeed(admin), expiresAt: undefined }
  const parts = yield* recordFile(yield* Records, format, admission, request, "en").pipe(
    Effect.flatMap(Stream.runCollect),
    Effect.catchTag("InvalidRequest", () => Effect.succeed(undefined))
  )
  return parts === undefined ? [] : idsOf[format](Buffer.concat(parts))
})

const count = storesFor({ quick: 5, full: 30 })

const inSql = recordsLayer.pipe(Layer.provide([MetricSource.layerSql, Organizations.layerSql]))

layer(importedRealData, { excludeTestServices: true })((it) => {
  describe.skipIf(!isThere)("records of real data", () => {
    it.effect(`the files of records of ${count} random points list exactly the ids that the imported CSV files have`, () =>
      Effect.gen(function*() {
        const chance = random(23)
        const points = Array.from({ length: count * 4 }, () => pointOf(chance)).filter((point) => point !== undefined)
        let telling = 0
        for (const point of points.slice(0, count)) {
          const expected = idsInFiles(point)
          for (const format of recordFormats) {
            assert.sameMembers([...yield* idsInFile(point, format)], [...expected], JSON.stringify({ format, point }))
          }
          if (expected.length > 0) telling += 1
        }
        assert.isAbove(telling, count / 2)
        assert.isAtLeast(points.length, count)
      }).pipe(Effect.provide(inSql)))
  })
})
