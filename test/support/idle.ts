import { assert } from "@effect/vitest"
import { Layer } from "effect"
import { BuilderOptions } from "../../src/services/access/BuilderOptions.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { AuditLog } from "../../src/services/reports/AuditLog/AuditLog.ts"
import { IdempotencyKeys } from "../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"

/** Tests that send no request use these services. */
export const idle = Layer.mergeAll(
  Layer.mock(MetricSource, { accessVersion: () => undefined }),
  Layer.mock(Organizations, { revalidate: () => assert.fail("unused") }),
  Layer.mock(BuilderOptions, {}),
  Layer.mock(AuditLog, {}),
  Layer.mock(ReportRepo, {}),
  Layer.mock(SnapshotRepo, {}),
  Layer.mock(SubscriptionRepo, {}),
  Layer.mock(IdempotencyKeys, {})
)
