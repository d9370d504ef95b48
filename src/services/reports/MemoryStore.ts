import { Context, Effect, Layer, Ref, Result } from "effect"
import type { OrgId } from "../../domain/Ids.ts"
import type { Report } from "../../domain/Report.ts"
import type { Snapshot } from "../../domain/Snapshot.ts"

export type KeptReport = Omit<Report, "snapshotCount">

export interface KeptSnapshot extends Omit<Snapshot, "expired" | "deletesAt"> {
  readonly organizationId: OrgId
}

export interface Books {
  readonly reports: ReadonlyArray<KeptReport>
  readonly snapshots: ReadonlyArray<KeptSnapshot>
}

/** Where reports and snapshots are kept in memory: one, so that a deleted report takes its snapshots along. */
export class Shelf extends Context.Service<Shelf, Ref.Ref<Books>>()("crm-reports/services/reports/Shelf") {
  static readonly layer = Layer.effect(
    Shelf,
    Effect.suspend(() => Ref.make<Books>({ reports: [], snapshots: [] }))
  )
}

/** In one step. Nothing is kept of a change that is refused. */
export const changing = <A, E>(
  shelf: Shelf["Service"],
  change: (books: Books) => Result.Result<readonly [outcome: A, books: Books], E>
): Effect.Effect<A, E> =>
  Ref.modify(shelf, (books): readonly [Result.Result<A, E>, Books] => {
    const changed = change(books)
    if (Result.isFailure(changed)) return [Result.fail(changed.failure), books]
    const [outcome, after] = changed.success
    return [Result.succeed(outcome), after]
  }).pipe(Effect.flatMap(Effect.fromResult))
