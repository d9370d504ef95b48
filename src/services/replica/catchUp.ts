import { Data, Effect } from "effect"
import { SqlClient } from "effect/sql"
import { snapshotTransaction } from "../database/statements.ts"
import { allChangesSince, decodeChangePage, maxChanges } from "./changesSince.ts"
import { keyQueries, parseKeys } from "./keyQueries.ts"
import { readMessages, readServerState, sorted } from "./load.ts"
import type { Replica } from "./Replica.ts"

class Lost extends Data.TaggedError("Lost") {
  override get message() {
    return "changes may have been missed"
  }
}

/** Do not count rows of the replica until `catchUp` has ended. */
export const catchUp = Effect.fnUntraced(function*(organizationId: string, replica: Replica, afterPage: () => void) {
  const sql = yield* SqlClient.SqlClient
  const pages = Effect.gen(function*() {
    const state = yield* readServerState
    if (!replica.trusts(state)) return yield* new Lost()
    const params = [organizationId, replica.snapshot.text]
    yield* sql.unsafe(`DECLARE changes NO SCROLL CURSOR FOR ${allChangesSince}`, params)
    while (true) {
      const page = yield* decodeChangePage(sql.unsafe(`FETCH ${maxChanges} FROM changes`))
      replica.append(page)
      yield* sorted(replica.store, Effect.void)
      afterPage()
      if (page.length < maxChanges) break
    }
    for (const [index, { join, touched }] of keyQueries.entries()) {
      const use = ([keys]: ReadonlyArray<unknown>) => replica.join(join, parseKeys(String(keys)))
      yield* readMessages(params, { cursor: `touched_${index}`, query: touched, use }, Effect.void)
    }
    yield* sorted(replica.store, Effect.void)
    afterPage()
    replica.moveTo(state)
  })
  yield* snapshotTransaction(sql)(pages)
})
