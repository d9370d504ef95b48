import { Context, Effect, Layer, Ref, Result } from "effect"
import type { OrgId } from "../../domain/Ids.ts"
import type { Report } from "../../domain/Report.ts"
import type { Snapshot } from "../../domain/Snapshot.ts"

export type KeptReport = Omit<Report, "snapshotCount">

export interface KeptSnapshot extends Omit<Snapshot, "expired" | "deletesAt"> {
  readonly organizationId: OrgId
}

export interface State {
  readonly reports: ReadonlyArray<KeptReport>
  readonly snapshots: ReadonlyArray<KeptSnapshot>
}

/** Where reports and snapshots are kept in memory: one, so that a deleted report takes its snapshots along. */
export class MemoryStore extends Context.Service<MemoryStore, Ref.Ref<State>>()("crm-reports/services/reports/Shelf") {
  static readonly layer = Layer.effect(
    MemoryStore,
    Effect.suspend(() => Ref.make<State>({ reports: [], snapshots: [] }))
  )
}

/** In one step. Nothing is kept of a change that is refused. */
export const modify = <A, E>(
  shelf: MemoryStore["Service"],
  change: (books: State) => Result.Result<readonly [outcome: A, books: State], E>
): Effect.Effect<A, E> =>
  Ref.modify(shelf, (books): readonly [Result.Result<A, E>, State] => {
    const changed = change(books)
    if (Result.isFailure(changed)) return [Result.fail(changed.failure), books]
    const [outcome, after] = changed.success
    return [Result.succeed(outcome), after]
  }).pipe(Effect.flatMap(Effect.fromResult))
