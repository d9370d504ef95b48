import { Data, type Duration, Effect, Option, Schedule, Semaphore, Struct } from "effect"
import type { SqlClient, SqlError } from "effect/sql"
import type { Statement } from "../../query/sql/Statement.ts"
import { elapsed, unless, withDeadline } from "../admission/withDeadline.ts"
import { isUnavailable, sqlMessageOf, sqlStateOf } from "../database/errors.ts"
import { readCommitted, type Send } from "../database/statements.ts"
import { decodeProgress, flushTo, type Position, positionOf, progressTo } from "./position.ts"

const sentences = {
  unknown: "the primary names no position that a standby could reach",
  busy: "all of its connections are in use",
  late: "it is too far behind the primary, or does not answer",
  silent: "it does not answer",
  foreign: "it is not a standby of the server in DATABASE_URL, or it is on another timeline",
  conflict: "it cancelled a statement",
  refused: "it refuses a value in a statement, or lacks memory or disk space for it",
  failed: "a statement failed"
}

export type Reason = keyof typeof sentences
export const reasons = Struct.keys(sentences)

/** After `NotAnswered`, the primary answers the statement. */
export class NotAnswered extends Data.TaggedError("NotAnswered")<{
  readonly reason: Reason
  readonly detail?: string
}> {
  override get message() {
    return [sentences[this.reason], ...(this.detail === undefined ? [] : [this.detail])].join(": ")
  }
}

/** PostgreSQL cancels a statement on a standby that needs row versions which the primary has removed. */
const conflicts = new Set(["40001", "40P01", "57014"])

/** A wrong value or a lack of space concerns one statement, so the standby stays in use. */
const isOfStatement = (reason: SqlError.SqlErrorReason) =>
  reason.operation !== "connect" && /^(22|53)/.test(sqlStateOf(reason) ?? "")

const failureOf = ({ reason }: SqlError.SqlError) => {
  const state = sqlStateOf(reason)
  if (state !== undefined && conflicts.has(state)) return new NotAnswered({ reason: "conflict" })
  const detail = sqlMessageOf(reason)
  if (isOfStatement(reason)) return new NotAnswered({ reason: "refused", detail })
  return new NotAnswered({ reason: isUnavailable(reason) ? "silent" : "failed", detail })
}

const polling = Schedule.min([Schedule.exponential("1 millis", 1.5), Schedule.spaced("10 millis")])

const pingPause = "25 millis"

interface Target extends Position {
  readonly flushed: Effect.Effect<void>
}

export interface Standby {
  /** The rows contain every change that was committed before the position `target`. */
  readonly ask: (target: Target, statement: Statement) => Effect.Effect<ReadonlyArray<object>, NotAnswered>
}

interface Options {
  readonly sql: SqlClient.SqlClient
  readonly permits: number
  readonly maxWait: Duration.Duration
}

export const makeStandby = ({ maxWait, permits, sql }: Options): Standby => {
  const semaphore = Semaphore.makeUnsafe(permits)
  const send = ({ params, text }: Statement) => sql.unsafe(text, params)

  const reached = Effect.fnUntraced(function*(position: Position) {
    const { isReached, isSame } = yield* decodeProgress(send(progressTo(position)))
    return isSame ? isReached : yield* new NotAnswered({ reason: "foreign" })
  })

  const ping = sql`SELECT 1`.pipe(
    withDeadline(maxWait),
    Effect.mapError(() => new NotAnswered({ reason: "silent" }))
  )
  const silence = Effect.forever(Effect.andThen(ping, Effect.sleep(pingPause)))

  const proof = Effect.fnUntraced(function*(target: Target) {
    if (yield* reached(target)) return
    yield* target.flushed
    yield* Effect.repeat(reached(target), { schedule: polling, until: (isReached) => isReached })
  })

  const ask: Standby["ask"] = (target, statement) =>
    Effect.suspend(() => {
      let isProven = false
      const proven = Effect.map(proof(target), () => {
        isProven = true
      })
      const answer = readCommitted(sql)(Effect.andThen(proven, send(statement)))
      const watch = Effect.andThen(
        elapsed(maxWait),
        Effect.suspend(() => isProven ? silence : Effect.fail(new NotAnswered({ reason: "late" })))
      )
      return answer.pipe(
        Effect.catchTag("SqlError", (error) => Effect.fail(failureOf(error))),
        semaphore.withPermitsIfAvailable(1),
        unless(watch),
        Effect.flatMap(Option.match({
          onNone: () => Effect.fail(new NotAnswered({ reason: "busy" })),
          onSome: Effect.succeed
        }))
      )
    })
  return { ask }
}

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
