import { DateTime, Effect, Option, Stream } from "effect"
import { csvLines } from "../../documents/csvText.ts"
import type { AuditEvent, AuditList, AuditPage } from "../../domain/Audit.ts"
import { type Admitted, laterPageCheck } from "../access/Gating.ts"
import type { AuditLog } from "../reports/AuditLog/AuditLog.ts"

const columns = [
  "at",
  "userId",
  "withKey",
  "action",
  "object",
  "objectId",
  "reportId",
  "title",
  "version",
  "restoredVersion",
  "visibility",
  "people",
  "channel",
  "format",
  "alert"
] as const satisfies ReadonlyArray<keyof AuditEvent>

const cellsOf = (event: AuditEvent) => {
  const texts = {
    ...event,
    at: DateTime.formatIso(event.at),
    people: event.people.join(" "),
    withKey: String(event.withKey),
    alert: String(event.alert)
  }
  return columns.map((column) => texts[column])
}

const batch = 1_000

/** The next page is read only when the previous page has been sent. `laterPageCheck` says when the credential is checked. */
export const auditFile = Effect.fnUntraced(function*<C>(
  log: Pick<AuditLog["Service"], "list">,
  admission: Admitted<C>,
  { cursor: _cursor, limit: _limit, ...asked }: AuditPage
) {
  const pageAt = (cursor?: string) =>
    log.list(admission.caller, { ...asked, limit: batch, ...(cursor !== undefined && { cursor }) })
  const check = yield* laterPageCheck(admission)
  const pageAfter = (cursor: string) => Effect.andThen(check, pageAt(cursor))
  const first: AuditList = yield* pageAt()
  const rows = Stream.paginate(
    Effect.succeed(first),
    (page: ReturnType<typeof pageAfter>) =>
      Effect.map(
        page,
        ({ next, results }) =>
          [[csvLines(results.map(cellsOf), false)], Option.map(Option.fromNullOr(next), pageAfter)] as const
      )
  )
  return Stream.concat(Stream.make(csvLines([columns], true)), rows)
})
