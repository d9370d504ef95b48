import { Data } from "effect"
import { rootCause } from "./rootCause.ts"

/** Why the service cannot start on its database, in words for the person who starts it. */
export class DatabaseUnusable extends Data.TaggedError("DatabaseUnusable")<{ readonly reason: string }> {
  override get message() {
    return this.reason
  }

  /** Says what failed and what the database said about it. */
  static readonly because = (error: Error) =>
    error instanceof DatabaseUnusable
      ? error
      : new DatabaseUnusable({ reason: `${error.message} (${rootCause(error)})` })
}
