import { Effect, Option } from "effect"
import type { Statement } from "../../query/sql/Statement.ts"
import type { Send } from "../database/statements.ts"
import { flushTo, positionOf } from "./position.ts"
import { NotAnswered, type Reason, type Standby } from "./Standby.ts"

const unknown = (detail?: string) => new NotAnswered({ reason: "unknown", ...(detail !== undefined && { detail }) })

export const targetOf = Effect.fnUntraced(function*(primary: Send, organizationId: string) {
  const position = yield* positionOf(primary, organizationId).pipe(
    Effect.catchDefect((defect) => Effect.fail(unknown(String(defect)))),
    Effect.mapError((error) => error instanceof NotAnswered ? error : unknown(error.message))
  )
  if (Option.isNone(position)) return yield* unknown()
  return { ...position.value, flushed: yield* Effect.cached(flushTo(primary, position.value)) }
})

export interface UsableStandby extends Standby {
  readonly left: (reason: Reason) => void
}

export const askStandby = (standby: UsableStandby, primary: Send, organizationId: string) =>
  Effect.map(Effect.cached(targetOf(primary, organizationId)), (target) => {
    let reason: Reason | undefined
    // After a failure, the run stays on the primary, because the standby could show an older moment.
    const leave = (error: NotAnswered) =>
      Effect.sync(() => {
        if (reason === undefined) standby.left(error.reason)
        reason ??= error.reason
      })
    return (statement: Statement) =>
      Effect.suspend(() =>
        reason === undefined
          ? Effect.flatMap(target, (found) => standby.ask(found, statement)).pipe(Effect.tapError(leave))
          : Effect.fail(new NotAnswered({ reason }))
      )
  })
