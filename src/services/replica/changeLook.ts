import { Duration, Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { OrgId } from "../../domain/Ids.ts"
import { type Send, sender, SqlFailures } from "../database/statements.ts"
import { captureState, logState } from "./changeLog.ts"
import {
  decodeServerState,
  fetchHasChanges,
  maxRefreshGap,
  selectServerState,
  type ServerState
} from "./changesSince.ts"

export interface ChangeLook {
  readonly state: ServerState
  /** `isLogged` is false if the change log may miss changes. */
  readonly isLogged: boolean
  /** `hasChanged` is true if rows may have changed since the previous `ChangeLook`. */
  readonly hasChanged: boolean
  readonly wasUnchanged: boolean
}

/** The look that had this state, for the next look. Only looks at a change log are kept. */
export const lookAfter = (state: ServerState): ChangeLook => ({
  state,
  isLogged: true,
  hasChanged: false,
  wasUnchanged: false
})

const isTooOld = (last: ServerState, now: ServerState) => Math.abs(now.at - last.at) > Duration.toMillis(maxRefreshGap)

/** After a look with this epoch, the next look does not read the change log, and asks for the epoch again. */
const unknownEpoch = ""

const currentState = (send: Send) => decodeServerState(send({ text: selectServerState, params: [] }))

export const changeLook = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { mapSqlErrors } = yield* SqlFailures
  const send = yield* sender
  const asked = <A, E>(question: Effect.Effect<A, E, SqlClient.SqlClient>) =>
    mapSqlErrors(Effect.provideService(question, SqlClient.SqlClient, sql))

  /** The epoch is read before the triggers. If a trigger is dropped between, the next look finds another epoch. */
  const newState = Effect.gen(function*() {
    const { captureEpoch, isComplete } = yield* asked(logState)
    const state = yield* currentState(send)
    if (!isComplete || captureEpoch !== state.captureEpoch) {
      return { state: { ...state, captureEpoch: unknownEpoch }, isLogged: false }
    }
    const { isEnabled, isPossible } = yield* asked(captureState)
    return { state, isLogged: isEnabled && isPossible }
  })

  return Effect.fnUntraced(function*(organizationId: OrgId, last: ChangeLook | undefined) {
    if (last !== undefined && last.state.captureEpoch !== unknownEpoch) {
      const { wasUnchanged } = last
      const { hasChanges, ...state } = yield* fetchHasChanges(send, organizationId, { ...last.state, wasUnchanged })
      if (state.captureEpoch === last.state.captureEpoch && !isTooOld(last.state, state)) {
        const isUnchanged = state.snapshot === last.state.snapshot
        return { state, isLogged: last.isLogged, hasChanged: hasChanges, wasUnchanged: isUnchanged }
      }
    }
    const found = yield* newState
    return { ...found, hasChanged: last !== undefined && (last.isLogged || found.isLogged), wasUnchanged: false }
  })
})
