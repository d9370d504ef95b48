import { layer } from "@effect/vitest"
import { Layer } from "effect"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { alertCases } from "../../conformance/alertCases.ts"
import { alertLookCases } from "../../conformance/alertLookCases.ts"
import { auditCases } from "../../conformance/auditCases.ts"
import { auditListCases } from "../../conformance/auditListCases.ts"
import { defaultViewCases } from "../../conformance/defaultViewCases.ts"
import { deliveryCases } from "../../conformance/deliveryCases.ts"
import { endedMailCases } from "../../conformance/endedMailCases.ts"
import { historyCases } from "../../conformance/historyCases.ts"
import { listCases } from "../../conformance/listCases.ts"
import { Passing } from "../../conformance/Passing.ts"
import { reportAccessCases } from "../../conformance/reportAccessCases.ts"
import { reportCases } from "../../conformance/reportCases.ts"
import { scheduleCases } from "../../conformance/scheduleCases.ts"
import { sharedSnapshotCases } from "../../conformance/sharedSnapshotCases.ts"
import { sharingCases } from "../../conformance/sharingCases.ts"
import { snapshotCases } from "../../conformance/snapshotCases.ts"
import { subscriptionCases } from "../../conformance/subscriptionCases.ts"
import { versionCases } from "../../conformance/versionCases.ts"
import { postgresTest } from "../../support/Postgres.ts"

const cases = [
  ...reportCases,
  ...defaultViewCases,
  ...reportAccessCases,
  ...sharingCases,
  ...sharedSnapshotCases,
  ...listCases,
  ...snapshotCases,
  ...scheduleCases,
  ...subscriptionCases,
  ...deliveryCases,
  ...endedMailCases,
  ...alertCases,
  ...alertLookCases,
  ...historyCases,
  ...versionCases,
  ...auditCases,
  ...auditListCases
]

const inMemory = Layer.mergeAll(
  ReportRepo.layerMemory,
  SnapshotRepo.layerMemory,
  SubscriptionRepo.layerMemory,
  Passing.layerMemory
)

const inSql = Layer.mergeAll(ReportRepo.layerSql, SnapshotRepo.layerSql, SubscriptionRepo.layerSql, Passing.layerSql)
  .pipe(
    Layer.provide(postgresTest)
  )

layer(inMemory)("reports and snapshots in memory", (it) => {
  it.effect.each(cases)("%s", ([, act]) => act)
})

layer(inSql, { excludeTestServices: true })("reports and snapshots in PostgreSQL", (it) => {
  it.effect.each(cases)("%s", ([, act]) => act)
})
