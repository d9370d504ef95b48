import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { KeyId } from "../src/domain/ApiKey.ts"
import { ReportId, SnapshotId } from "../src/domain/Ids.ts"
import { metricsById } from "../src/metrics/all.ts"
import { BuilderOptions } from "../src/services/access/BuilderOptions.ts"
import { Organizations } from "../src/services/access/Organizations.ts"
import { sqlKeyRows } from "../src/services/keys/own/sql.ts"
import { catchUp } from "../src/services/replica/catchUp.ts"
import { changesSince, hasChangesSince } from "../src/services/replica/changesSince.ts"
import { load, unlimited } from "../src/services/replica/load.ts"
import { IdempotencyKeys } from "../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { MetricSource } from "../src/services/run/MetricSource.ts"
import { Records } from "../src/services/run/Records.ts"
import { recordsLayer } from "./support/ask.ts"
import { recording, type Sent } from "./support/recording.ts"
import { caller } from "./support/TestApp.ts"

const reportId = ReportId.make("00000000-0000-4000-8000-000000000001")
const snapshotId = SnapshotId.make("00000000-0000-4000-8000-000000000002")
const page = { limit: 20, offset: 0 }
const timeframe = { preset: "today" }
const attempt = { organizationId: caller("member", "ana").organizationId, id: "id", fingerprint: "fingerprint" }
const key = { id: KeyId.make("id"), name: "Script", scopes: ["reports:read"], hash: "hash", expiresInDays: 1 } as const
const frozen = {
  title: "Frozen",
  layout: { widgets: [] },
  timeframe,
  series: [],
  scope: { role: "member", assigneeIds: [] },
  contentHash: ""
} as const

const beneath = Layer.mergeAll(
  ReportRepo.layerSql,
  SnapshotRepo.layerSql,
  IdempotencyKeys.layerSql,
  BuilderOptions.layerSql,
  Organizations.layerSql
)

/** Runs every statement that loads or refreshes a replica. */
const replicated = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { organizationId } = attempt
  yield* catchUp(organizationId, yield* load(organizationId, unlimited), () => {})
  for (const { params, text } of [hasChangesSince, changesSince].map((ask) => ask(organizationId, "1:1:"))) {
    yield* sql.unsafe(text, params)
  }
})

/** Runs every statement on the table of keys. */
const keyed = Effect.gen(function*() {
  const rows = yield* sqlKeyRows
  const { organizationId, userId: createdBy } = caller("member", "ana")
  const asked = [
    rows.insert({ ...key, organizationId, createdBy }),
    rows.list(organizationId, undefined),
    rows.list(organizationId, createdBy),
    rows.find(organizationId, key.id),
    rows.remove(organizationId, key.id, createdBy)
  ]
  yield* Effect.forEach(asked, (one: Effect.Effect<unknown, unknown>) => Effect.exit(one))
})

/** Runs every statement of the repositories. */
const everything = Effect.gen(function*() {
  const reports = yield* ReportRepo
  const snapshots = yield* SnapshotRepo
  const keys = yield* IdempotencyKeys
  const options = yield* BuilderOptions
  const organizations = yield* Organizations
  for (const who of [caller("member", "ana"), caller("admin", "ana")]) {
    const asked = [
      reports.list(who, page),
      reports.create(who, { title: "New", layout: { widgets: [] } }),
      reports.find(who, reportId),
      reports.update(who, reportId, { title: "Other" }, [1]),
      reports.remove(who, reportId, undefined),
      snapshots.create(who, reportId, frozen),
      snapshots.list(who, reportId, page),
      snapshots.find(who, snapshotId),
      snapshots.renew(who, snapshotId),
      snapshots.remove(who, snapshotId),
      reports.versions(who.organizationId, [reportId]),
      options.of(who),
      organizations.digest(who.organizationId),
      keys.claim(attempt),
      keys.keep(attempt, snapshotId, { status: 201, etag: null, body: "{}" }),
      keys.release(attempt, snapshotId)
    ]
    yield* Effect.forEach(asked, (one: Effect.Effect<unknown, unknown>) => Effect.exit(one))
  }
})

/** Matches each use of a table of the service or of the CRM. */
const reads = /\b(?:FROM|JOIN|UPDATE) (?:crm\.\w+|crm_capture\.\w+|crm_report\w*)/g

const recordsOverSql = recordsLayer.pipe(Layer.provide([MetricSource.layerSql, Organizations.layerSql]))

/** Runs the statements that list the records of each metric. */
const listed = Effect.gen(function*() {
  const records = yield* Records
  for (const [metricId, { charts: [chart] }] of metricsById) {
    const widget = { instanceId: "w", metricId, chart }
    yield* Effect.exit(records.page(caller("admin", "ana"), { widget, everyone: true }))
  }
})

it.effect("every statement that answers a request restricts each table to the organization by a parameter", () =>
  Effect.gen(function*() {
    const sent: Array<Sent> = []
    const found = [
      ["SELECT now() AS now", [{ now: new Date() }]],
      [" AS \"isEnabled\"", [{ isPossible: true, isEnabled: true }]],
      [" AS at", [{ snapshot: "1:1:", captureEpoch: "", at: "0" }]],
      [" AS rows", [{ rows: "0" }]]
    ] as const
    const client = recording(
      sent,
      (rows, text) => Effect.succeed(found.find(([end]) => text.endsWith(end))?.[1] ?? rows)
    )
    yield* Effect.provide(everything, beneath.pipe(Layer.provide(client)))
    yield* Effect.provide(replicated, client)
    yield* Effect.provide(keyed, client)
    const count = sent.length
    yield* Effect.provide(listed, recordsOverSql.pipe(Layer.provide(client)))
    assert.isAbove(count, 30)
    assert.isAbove(sent.length, count + metricsById.size)
    for (const { params, text } of sent) {
      const own = [...text.matchAll(/\b\w+\.organization_id = \$(\d+)/g)].filter(([, place]) =>
        params[Number(place) - 1] === "org"
      )
      assert.isAtLeast(own.length, [...text.matchAll(reads)].length, text)
      assert.isTrue(!text.includes("INSERT INTO") || params.includes("org"), text)
    }
  }))
