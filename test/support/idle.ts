import { Layer } from "effect"
import { BuilderOptions } from "../../src/services/BuilderOptions.ts"
import { Directory } from "../../src/services/Directory.ts"
import { IdempotencyKeys } from "../../src/services/IdempotencyKeys.ts"
import { MetricSource } from "../../src/services/MetricSource.ts"
import { ReportRepo } from "../../src/services/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/SnapshotRepo.ts"

/** What the service remembers and counts with, for tests in which nobody asks it. */
export const idle = Layer.mergeAll(
  Layer.mock(MetricSource, {}),
  Layer.mock(Directory, {}),
  Layer.mock(BuilderOptions, {}),
  Layer.mock(ReportRepo, {}),
  Layer.mock(SnapshotRepo, {}),
  Layer.mock(IdempotencyKeys, {})
)
