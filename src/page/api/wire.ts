import type {
  AuditEvent as Audited,
  AuditList as AuditedList,
  CatalogEntry as Entry,
  ChartKind as Kind,
  CreatedSubscription as MailsMade,
  CreateReport as Creation,
  CreateSubscription as Subscribing,
  CreateTarget as TargetCreation,
  Design as Designed,
  FreezeSchedule as Scheduled,
  MetricRecord as CountedRecord,
  MetricSeries as Series,
  Options as Choices,
  Readers as Colleagues,
  RecordColumn as Column,
  RecordsAt as At,
  RecordsRequest as RecordsQuestion,
  RecordsResponse as RecordsAnswer,
  Report as Saved,
  ReportHistory as Numbers,
  ReportSummary as SavedSummary,
  RunRequest as Request,
  SetFreezeSchedule as Scheduling,
  ShareSnapshot as Sharing,
  Snapshot as Frozen,
  SnapshotComparison as Comparison,
  SnapshotSummary as Summary,
  StageWeights as Weights,
  Subscription as Mails,
  Target as Goal,
  TimeframeRequest as Frame,
  UpdateReport as Change,
  UpdateSubscription as MailsChange,
  UpdateTarget as TargetChange,
  VersionSummary as Former
} from "../../api.ts"

export type CatalogEntry = typeof Entry.Encoded
export type ChartKind = typeof Kind.Encoded
export type CreateReport = typeof Creation.Encoded
export type Design = typeof Designed.Encoded
export type FreezeSchedule = typeof Scheduled.Encoded
export type SetFreezeSchedule = typeof Scheduling.Encoded
/** The page sets `isOld` when the newest count failed. */
export type MetricSeries = typeof Series.Encoded & { readonly isOld?: true }
export type MetricRecord = typeof CountedRecord.Encoded
export type Options = typeof Choices.Encoded
export type Readers = typeof Colleagues.Encoded
export type RecordColumn = typeof Column.Encoded
export type RecordsAt = typeof At.Encoded
export type RecordsRequest = typeof RecordsQuestion.Encoded
export type RecordsResponse = typeof RecordsAnswer.Encoded
export type Report = typeof Saved.Encoded
export type SnapshotComparison = typeof Comparison.Encoded
export type ReportHistory = typeof Numbers.Encoded
export type ReportSummary = typeof SavedSummary.Encoded
export type RunRequest = typeof Request.Encoded
export type ViewRequest = Omit<RunRequest, "widgets">
export type People = Pick<RunRequest, "assigneeIds" | "everyone">
export type ShareSnapshot = typeof Sharing.Encoded
export type Snapshot = typeof Frozen.Encoded
export type SnapshotSummary = typeof Summary.Encoded
export type StageWeights = typeof Weights.Encoded
export type Timeframe = typeof Frame.Encoded
export type Target = typeof Goal.Encoded
export type CreateTarget = typeof TargetCreation.Encoded
export type UpdateTarget = typeof TargetChange.Encoded
export type Subscription = typeof Mails.Encoded
export type CreatedSubscription = typeof MailsMade.Encoded
export type CreateSubscription = typeof Subscribing.Encoded
export type UpdateSubscription = typeof MailsChange.Encoded
export type AuditEvent = typeof Audited.Encoded
export type AuditList = typeof AuditedList.Encoded
export type VersionSummary = typeof Former.Encoded
export type UpdateReport = typeof Change.Encoded

export interface Versioned<A> {
  readonly value: A
  readonly etag: string | null
}

export type Layout = Report["layout"]
export type Widget = Layout["widgets"][number]
export type Visibility = Report["visibility"]
export type Filters = Readonly<Record<string, ReadonlyArray<string>>>

export interface Listed<A> {
  readonly results: ReadonlyArray<A>
  readonly total: number
}
