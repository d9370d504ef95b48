import { Effect } from "effect"
import type { AuditLog } from "./AuditLog.ts"

/** Makes a change outside the database, and then records it. Both are completed if the client leaves. */
export const recordingAfter =
  (record: AuditLog["Service"]["record"]): AuditLog["Service"]["recording"] => (actor, change, eventOf) =>
    Effect.uninterruptible(Effect.tap(change, (outcome) => {
      const event = eventOf(outcome)
      return event === undefined ? Effect.void : record(actor, event)
    }))
