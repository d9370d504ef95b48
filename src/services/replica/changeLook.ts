import { Duration, Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { OrgId } from "../../domain/Ids.ts"
import { SqlFailures } from "../database/SqlFailures.ts"
import { type Send, sender } from "../database/statements.ts"
import { captureState } from "./changeLog.ts"
import { decodeServerState, fetchHasChanges, selectServerState, type ServerState } from "./changesSince.ts"
import { maxRefreshGap } from "./retention.ts"

export interface ChangeLook {
  readonly state: ServerState
  /** `isLogged` is false if the change log may miss changes. */
  readonly isLogged: boolean
  /** `hasChanged` is true if rows may have changed since the previous `ChangeLook`. */
  readonly hasChanged: boolean
}

const isTooOld = (last: ServerState, now: ServerState) => Math.abs(now.at - last.at) > Duration.toMillis(maxRefreshGap)

const currentState = (send: Send) => decodeServerState(send({ text: selectServerState, params: [] }))

/** The state is read first. If a trigger is dropped before `isCaptured` is read, the next check finds a new epoch. */
export const changeLook = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { mapSqlErrors } = yield* SqlFailures
  const send = yield* sender
  const isCaptured = mapSqlErrors(captureState).pipe(
    Effect.map(({ isEnabled, isPossible }) => isEnabled && isPossible),
    Effect.provideService(SqlClient.SqlClient, sql)
  )

  return Effect.fnUntraced(function*(organizationId: OrgId, last: ChangeLook | undefined) {
    if (last === undefined) {
      const state = yield* currentState(send)
      return { state, isLogged: yield* isCaptured, hasChanged: false }
    }
    const { hasChanges, ...state } = yield* fetchHasChanges(send, organizationId, last.state)
    if (state.captureEpoch === last.state.captureEpoch && !isTooOld(last.state, state)) {
      return { state, isLogged: last.isLogged, hasChanged: hasChanges }
    }
    return { state, isLogged: yield* isCaptured, hasChanged: true }
  })
})
