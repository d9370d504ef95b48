import type { SqlError } from "effect/sql"

/** PostgreSQL's five letters for what went wrong; none where the server did not get to say it. */
export const sqlStateOf = ({ cause }: SqlError.SqlErrorReason): string | undefined =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" &&
    /^(?=.*\d)[0-9A-Z]{5}$/.test(cause.code)
    ? cause.code
    : undefined

/** What the server or the system said, in words. */
export const wordsOf = ({ _tag, cause, message }: SqlError.SqlErrorReason): string => {
  if (!(cause instanceof Error)) return message ?? _tag
  return cause.message || ("code" in cause ? String(cause.code) : cause.name)
}
