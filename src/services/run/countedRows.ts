import { Effect } from "effect"
import { coarser } from "../../domain/Buckets.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { AggregateRow } from "../../query/AggregateRow.ts"
import { isEmpty, type Plan, withBucket } from "../../query/Plan.ts"
import { startsEarlier } from "../../query/series/shape.ts"
import type { Reader } from "./MetricSource.ts"

interface Counted {
  /** With the bucket that `all_time` needed. */
  readonly plan: Plan
  readonly rows: ReadonlyArray<AggregateRow>
}

/** Undefined if even years are too many buckets. */
export const countedRows = Effect.fnUntraced(
  function*(reader: Reader, plan: Plan): Effect.fn.Return<Counted | undefined, Unreachable> {
    const rows = isEmpty(plan) ? [] : yield* reader.rows(plan)
    if (!startsEarlier(plan, rows)) return { plan, rows }
    const bucket = coarser(plan.window?.bucket ?? "year")
    return bucket === undefined ? undefined : yield* countedRows(reader, withBucket(plan, bucket))
  }
)
