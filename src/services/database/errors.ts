import { Data } from "effect"
import type { SqlError } from "effect/sql"

export const rootCause = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : rootCause(error.cause)
}

const deniedState = "42501"
const readOnlyState = "25006"

const stateOf = (error: unknown): unknown => {
  if (!(error instanceof Error)) return undefined
  return error.cause === undefined ? "code" in error && error.code : stateOf(error.cause)
}

export class DatabaseUnusable extends Data.TaggedError("DatabaseUnusable")<{
  readonly reason: string
  /** The role lacks a right. */
  readonly isDenied?: boolean
}> {
  override get message() {
    return this.reason
  }

  static readonly because = (error: Error) => {
    if (error instanceof DatabaseUnusable) return error
    const state = stateOf(error)
    const found = `${error.message} (${rootCause(error)})`
    if (state === readOnlyState) {
      return new DatabaseUnusable({
        reason: `${found}: name the primary server and a role that may write in DATABASE_URL`
      })
    }
    const isDenied = state === deniedState
    const remedy = isDenied ? ": npm run doctor shows the GRANT that the role needs" : ""
    return new DatabaseUnusable({ reason: `${found}${remedy}`, isDenied })
  }
}

export const sqlStateOf = ({ cause }: SqlError.SqlErrorReason): string | undefined =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" &&
    /^(?=.*\d)[0-9A-Z]{5}$/.test(cause.code)
    ? cause.code
    : undefined

export const sqlMessageOf = ({ _tag, cause, message }: SqlError.SqlErrorReason): string => {
  if (!(cause instanceof Error)) return message ?? _tag
  return cause.message || ("code" in cause ? String(cause.code) : cause.name)
}

export const isUnavailable = (reason: SqlError.SqlErrorReason): boolean => {
  const state = sqlStateOf(reason)
  if (state === undefined) return reason._tag === "ConnectionError"
  if (reason.operation === "connect") return true
  return /^(08|28|53|57P|40001|40P01|55P03|25006)/.test(state)
}
