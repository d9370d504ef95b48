import { Effect } from "effect"

export const batchSize = 500

/** Runs `batch` until it deletes fewer than `batchSize` rows. Returns how many rows were deleted. */
export const inBatches = Effect.fnUntraced(function*<E>(batch: Effect.Effect<number, E>): Effect.fn.Return<number, E> {
  const deleted = yield* batch
  return deleted < batchSize ? deleted : deleted + (yield* inBatches(batch))
})
