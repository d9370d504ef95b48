import { Context, type Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import type { Caller } from "../../../domain/Caller.ts"
import type { OrgId, ReportId, SnapshotId } from "../../../domain/Ids.ts"
import type { Listed, Page } from "../../../domain/Page.ts"
import type { ReportNotFound } from "../../../domain/Report.ts"
import type { Frozen, Snapshot, SnapshotNotFound, SnapshotSummary } from "../../../domain/Snapshot.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { MemoryStore } from "../MemoryStore.ts"
import { inMemory } from "./memory.ts"
import { inSql } from "./sql.ts"

/** How many snapshots of an organization are gone. */
interface Purged {
  readonly organizationId: OrgId
  readonly deleted: number
}

/** Snapshots, as those may see them who made them, and admins. */
export class SnapshotRepo extends Context.Service<SnapshotRepo, {
  create(
    caller: Caller,
    reportId: ReportId,
    frozen: Frozen
  ): Effect.Effect<Snapshot, ReportNotFound | Unreachable>
  /** Last frozen first. */
  list(
    caller: Caller,
    reportId: ReportId,
    page: Page
  ): Effect.Effect<Listed<SnapshotSummary>, ReportNotFound | Unreachable>
  find(caller: Caller, id: SnapshotId): Effect.Effect<Snapshot, SnapshotNotFound | Unreachable>
  /** The expiry moves by another term. */
  renew(caller: Caller, id: SnapshotId): Effect.Effect<Snapshot, SnapshotNotFound | Unreachable>
  remove(caller: Caller, id: SnapshotId): Effect.Effect<void, SnapshotNotFound | Unreachable>
  /** Deletes for good what expired long enough ago. Several may do it at once. */
  readonly purge: Effect.Effect<ReadonlyArray<Purged>, Unreachable>
}>()("crm-reports/services/SnapshotRepo") {
  static readonly layerSql = Layer.effect(SnapshotRepo, inSql).pipe(Layer.provide(SecureRandom.layerWebCrypto))

  static readonly layerMemory = Layer.effect(SnapshotRepo, inMemory).pipe(
    Layer.provide([MemoryStore.layer, SecureRandom.layerWebCrypto])
  )
}
