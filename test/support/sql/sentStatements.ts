import * as NodeServices from "@effect/platform-node/NodeServices"
import { Effect, Layer, Option } from "effect"
import { SqlClient } from "effect/sql"
import { forgetUnansweredKeys } from "../../../src/commands/serve.ts"
import { findingsOf } from "../../../src/data/check/findingsOf.ts"
import { newestRows } from "../../../src/data/check/wholeFindings.ts"
import { importFolders } from "../../../src/data/import/importFolders.ts"
import { peopleInDatabase } from "../../../src/data/people.ts"
import { seed, seedIfEmpty } from "../../../src/data/seed.ts"
import { KeyId } from "../../../src/domain/ApiKey.ts"
import { ReportId, SnapshotId, TargetId } from "../../../src/domain/Ids.ts"
import { metricsById } from "../../../src/metrics/all.ts"
import { BuilderOptions } from "../../../src/services/access/BuilderOptions.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { Goals } from "../../../src/services/goals/Goals.ts"
import { sqlKeyRows } from "../../../src/services/keys/own/sql.ts"
import { deleteOldChanges } from "../../../src/services/replica/ChangeCleanup.ts"
import { changesSince, hasChangesSince, unchangedSince } from "../../../src/services/replica/changesSince.ts"
import { load, unlimited } from "../../../src/services/replica/load.ts"
import { catchUp } from "../../../src/services/replica/ReplicaLoader.ts"
import { IdempotencyKeys } from "../../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import {
  deleteExpiredSnapshots,
  deleteOldDeliveries,
  deleteOldIdempotencyKeys
} from "../../../src/services/reports/nightlyCleanup.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { Records } from "../../../src/services/run/Records.ts"
import { onAudit } from "../../conformance/auditListCases.ts"
import { onSchedule } from "../../conformance/scheduleCases.ts"
import { onSubscriptions } from "../../conformance/subscriptionCases.ts"
import { recordsLayer, runner } from "../ask.ts"
import { everyTable, folderOf } from "../csv.ts"
import { recording, type Sent } from "../recording.ts"
import { caller } from "../TestApp.ts"
import { answerTo } from "./sentAnswers.ts"

const reportId = ReportId.make("00000000-0000-4000-8000-000000000001")
const snapshotId = SnapshotId.make("00000000-0000-4000-8000-000000000002")
const targetId = TargetId.make("00000000-0000-4000-8000-000000000003")
const target = {
  metricId: "leads.total",
  filters: {},
  for: "ana",
  period: "year",
  values: { "2026": 1 },
  currency: null
} as const
const page = { limit: 20, offset: 0 }
const timeframe = { preset: "today" }
const attempt = { organizationId: caller("member", "ana").organizationId, id: "id", fingerprint: "fingerprint" }
const key = { id: KeyId.make("id"), name: "Script", scopes: ["reports:read"], hash: "hash", expiresInDays: 1 } as const
const frozen = {
  title: "Frozen",
  layout: { widgets: [] },
  timeframe,
  view: null,
  series: [],
  scope: { role: "member", assigneeIds: [] },
  contentHash: ""
} as const

const each = <R>(asked: ReadonlyArray<Effect.Effect<unknown, unknown, R>>) =>
  Effect.forEach(asked, (one) => Effect.exit(one), { discard: true })

/** Runs every statement that loads or refreshes a replica. */
const replicated = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { organizationId } = attempt
  yield* catchUp(organizationId, yield* load(organizationId, unlimited), () => {})
  for (
    const { params, text } of [
      hasChangesSince(organizationId, { snapshot: "1:1:", captureEpoch: "" }),
      hasChangesSince(organizationId, { snapshot: "1:2:1", captureEpoch: "" }),
      changesSince(organizationId, "1:1:"),
      unchangedSince({ snapshot: "1:1:", captureEpoch: "" })
    ]
  ) {
    yield* sql.unsafe(text, params)
  }
})

/** Runs every statement on the table of keys. */
const keyed = Effect.gen(function*() {
  const rows = yield* sqlKeyRows
  const { organizationId, userId: createdBy } = caller("member", "ana")
  yield* each([
    rows.insert({ ...key, organizationId, createdBy }),
    rows.list(organizationId, undefined),
    rows.list(organizationId, createdBy),
    rows.find(organizationId, key.id),
    rows.remove(organizationId, key.id, createdBy)
  ])
})

/** Runs every statement of the repositories. */
const stored = Effect.gen(function*() {
  const reports = yield* ReportRepo
  const snapshots = yield* SnapshotRepo
  const keys = yield* IdempotencyKeys
  const options = yield* BuilderOptions
  const organizations = yield* Organizations
  const goals = yield* Goals
  for (const who of [caller("member", "ana"), caller("admin", "ana")]) {
    yield* each([onAudit(who, reportId)])
    yield* each([
      reports.list(who, page),
      reports.list(who, { ...page, search: "won", sort: "title" }),
      reports.create(who, { title: "New", layout: { widgets: [] } }),
      reports.find(who, reportId),
      reports.update(who, reportId, { title: "Other" }, [1]),
      reports.remove(who, reportId, undefined),
      reports.history(who, reportId),
      reports.findVersion(who, reportId, 1),
      snapshots.create(who, reportId, frozen),
      snapshots.list(who, reportId, page),
      snapshots.history(who, reportId, { instanceId: "a", from: 0, to: 1, most: 1 }),
      ...onSchedule(reports, who, reportId),
      onSubscriptions(who, reportId),
      snapshots.find(who, snapshotId),
      snapshots.share(who, snapshotId, { people: ["bo"] }),
      snapshots.unshare(who, snapshotId),
      snapshots.renew(who, snapshotId),
      snapshots.remove(who, snapshotId),
      reports.versions(who.organizationId, [reportId]),
      options.of(who),
      organizations.digest(who.organizationId),
      organizations.secret(who.organizationId),
      goals.stageWeights(who.organizationId),
      goals.setStageWeights(who, { offer: 60 }),
      goals.listTargets(who, page),
      goals.findTarget(who, targetId),
      goals.createTarget(who, target),
      goals.updateTarget(who, targetId, { values: { "2026": 2 } }),
      goals.removeTarget(who, targetId),
      goals.targetsOf(who.organizationId, { metricIds: ["leads.total"], people: ["ana"], isForOrganization: true }),
      goals.digest(who.organizationId),
      keys.claim(attempt),
      keys.keep(attempt, snapshotId, { status: 201, etag: null, body: "{}" }),
      keys.release(attempt, snapshotId)
    ])
  }
})

/** Runs and freezes every metric, and lists its records. */
const counted = Effect.gen(function*() {
  const records = yield* Records
  const metrics = yield* MetricRunner
  const who = caller("admin", "ana")
  for (const [metricId, { charts: [chart] }] of metricsById) {
    const widget = { instanceId: "w", metricId, chart }
    const request = { widgets: [widget], everyone: true }
    yield* each([
      metrics.run(who, request),
      metrics.run(who, { widgets: [widget], assigneeIds: ["ana", "bo"] }),
      metrics.freeze(who, request),
      records.page(who, { widget, everyone: true })
    ])
  }
})

const cleaned = Effect.all([deleteExpiredSnapshots, deleteOldIdempotencyKeys, deleteOldDeliveries])

const commanded = Effect.gen(function*() {
  yield* importFolders([yield* folderOf(everyTable)])
  yield* seed({ seed: 1, leads: 3, now: 0 }, Effect.void)
  const checked = each([findingsOf(Option.none()), newestRows(Option.none())])
  yield* each([seedIfEmpty(Effect.void, Effect.void), forgetUnansweredKeys, peopleInDatabase, checked])
})

/** Records what requests, the cleanup, replicas, and commands send. The organization is `org`, or `org_a` in files. */
export const sentStatements = Effect.gen(function*() {
  const sent: Array<Sent> = []
  const client = recording(sent, (rows, text) => Effect.succeed(answerTo(text) ?? rows))
  const repositories = Layer.mergeAll(
    ReportRepo.layerSql,
    SnapshotRepo.layerSql,
    SubscriptionRepo.layerSql,
    IdempotencyKeys.layerSql,
    BuilderOptions.layerSql,
    Organizations.layerSql,
    Goals.layerSql
  )
  const counting = Layer.merge(recordsLayer, runner).pipe(
    Layer.provide([MetricSource.layerSql, Organizations.layerSql])
  )
  yield* Effect.all([
    Effect.provide(Effect.andThen(stored, cleaned), repositories),
    Effect.provide(counted, counting),
    replicated,
    keyed,
    deleteOldChanges,
    Effect.provide(commanded, NodeServices.layer)
  ], { discard: true }).pipe(Effect.provide(client))
  return sent
})
