import { DateTime, Schema } from "effect"
import type { Caller } from "./Caller.ts"
import { DocumentFormat } from "./DocumentFormat.ts"
import { isUuid, ReportId, UserId } from "./Ids.ts"
import { instant } from "./instant.ts"
import { wholeNumber } from "./Page.ts"
import { Visibility } from "./Report.ts"
import { DeliveryChannel } from "./Subscription.ts"
import { oneOf, undocumented, Word } from "./Text.ts"

export const auditKeptFor = { days: 365 }

export const AuditAction = oneOf("AuditAction", [
  "create",
  "change",
  "restore",
  "delete",
  "share",
  "unshare",
  "freeze",
  "renew",
  "export",
  "subscribe",
  "unsubscribe",
  "deliver"
])

const AuditObject = oneOf("AuditObject", [
  "report",
  "snapshot",
  "freeze_schedule",
  "subscription",
  "widgets",
  "records",
  "key"
])

const AuditFormat = oneOf("AuditFormat", [...DocumentFormat.literals, "link"])

// In OpenAPI 3.0, a schema with a name may be null everywhere or nowhere, so these have their own names.
const AuditVisibility = Schema.Literals(Visibility.literals).annotate({ identifier: "AuditVisibility" })
const AuditChannel = Schema.Literals(DeliveryChannel.literals).annotate({ identifier: "AuditChannel" })

/** These properties are stored as JSON. */
export const auditDetails = {
  version: Schema.NullOr(Schema.Int).annotateKey({ description: "Version of the report after the action." }),
  restoredVersion: Schema.NullOr(Schema.Int).annotateKey({ description: "The version that was restored." }),
  visibility: Schema.NullOr(AuditVisibility).annotateKey({
    description: "Visibility that the action set. For a snapshot: `people` or `organization`."
  }),
  people: Schema.Array(Schema.String).annotateKey({
    description: "User ids of the people with whom something was shared, or to whom the mails of a subscription go."
  }),
  channel: Schema.NullOr(AuditChannel).annotateKey({ description: "Channel of the subscription." }),
  format: Schema.NullOr(AuditFormat).annotateKey({
    description: "Format of the exported or sent file. `link`: a message without a file."
  }),
  alert: Schema.Boolean.annotateKey({
    description: "For `subscribe`, `change` and `deliver`: true if the subscription has `when`. False for older events."
  })
}

export const AuditDetails = Schema.Struct(auditDetails)
type AuditDetails = typeof AuditDetails.Type

export const noDetails: AuditDetails = {
  version: null,
  restoredVersion: null,
  visibility: null,
  people: [],
  channel: null,
  format: null,
  alert: false
}

export const AuditEvent = Schema.Struct({
  id: Schema.String,
  at: instant("Time of the action."),
  userId: UserId.annotateKey({
    description:
      "The person who did it. For `deliver`: the recipient of the mail, or the creator of a subscription of Slack or of a webhook. For a scheduled freeze: the creator of the schedule."
  }),
  withKey: Schema.Boolean.annotateKey({ description: "True if the request had an API key." }),
  action: AuditAction,
  object: AuditObject,
  objectId: Schema.NullOr(Schema.String).annotateKey({
    description: "Id of the report, snapshot, subscription or key. Null for files of widgets and records."
  }),
  reportId: Schema.NullOr(ReportId),
  title: Schema.NullOr(Schema.String).annotateKey({
    description: "Present title of the report. Null if the caller may not read the report, or if it was deleted."
  }),
  ...auditDetails
}).annotate({ identifier: "AuditEvent" })
export type AuditEvent = typeof AuditEvent.Type

export interface NewAuditEvent extends Pick<AuditEvent, "action" | "object" | "objectId" | "reportId"> {
  readonly details?: Partial<AuditDetails>
}

export type AuditActor = Pick<Caller, "organizationId" | "userId" | "scopes">

export const AuditList = Schema.Struct({
  results: Schema.Array(AuditEvent).annotateKey({ description: "Newest first." }),
  next: Schema.NullOr(Schema.String).annotateKey({ description: "`cursor` of the next page; null on the last page." })
}).annotate({ identifier: "AuditList" })
export type AuditList = typeof AuditList.Type

/** The time and the id of the last event of a page. */
export interface AuditCursor {
  readonly at: DateTime.Utc
  readonly id: string
}

const separator = "~"

export const cursorAfter = ({ at, id }: AuditCursor): string => `${DateTime.toEpochMillis(at)}${separator}${id}`

export const auditCursorOf = (text: string): AuditCursor => {
  const [millis, id = ""] = text.split(separator)
  return { at: DateTime.makeUnsafe(Number(millis)), id }
}

const isCursor = (text: string): boolean => {
  const [millis = "", id, ...rest] = text.split(separator)
  return /^\d{1,14}$/.test(millis) && isUuid(id) && rest.length === 0
}

export const AuditQuery = {
  userId: Schema.optionalKey(Word).annotateKey({ description: "Only events of this person." }),
  action: Schema.optionalKey(AuditAction),
  reportId: Schema.optionalKey(ReportId).annotateKey({ description: "Only events of this report." }),
  cursor: Schema.optionalKey(Schema.String.check(
    Schema.makeFilter((text: string) => isCursor(text) || "must be `next` of a page", undocumented)
  )).annotateKey({ description: "`next` of the previous page." }),
  limit: Schema.optionalKey(wholeNumber(200, 1, { default: 50, description: "Page size." }))
}

export interface AuditPage {
  readonly userId?: string
  readonly action?: AuditEvent["action"]
  readonly reportId?: ReportId
  readonly cursor?: string
  readonly limit?: number
}
export const defaultEvents = 50

/** `events` has one event more than the page if there is a next page. */
export const auditListOf = (events: ReadonlyArray<AuditEvent>, limit: number): AuditList => {
  const results = events.slice(0, limit)
  const last = results.at(-1)
  return { results, next: events.length > limit && last !== undefined ? cursorAfter(last) : null }
}
