/** Clients import this file, so it must not import server code. */
export { Api } from "./api/Api.ts"
export { Authentication, NotInOrganization, Unauthenticated } from "./api/Authentication.ts"
export { client, signedInWith } from "./api/client.ts"
export { BodyTooLarge, InternalError, UnsupportedMediaType } from "./api/RequestFailures.ts"
export { AdminsOnly } from "./domain/AdminsOnly.ts"
export { AuditAction, AuditEvent, AuditList } from "./domain/Audit.ts"
export { CatalogEntry, CatalogResponse } from "./domain/CatalogEntry.ts"
export { ChartKind, Shape } from "./domain/Chart.ts"
export { SnapshotComparison } from "./domain/Comparison.ts"
export { Design, DesignRequest, Draft } from "./domain/Design.ts"
export {
  FreezePeriod,
  FreezeSchedule,
  FreezeScheduleNotFound,
  SchedulesNotConfigured,
  SetFreezeSchedule
} from "./domain/FreezeSchedule.ts"
export { ReportHistory } from "./domain/History.ts"
export { IdempotencyInProgress, IdempotencyKey, IdempotencyMismatch } from "./domain/Idempotency.ts"
export { OrgId, ReportId, SnapshotId, UserId } from "./domain/Ids.ts"
export { InvalidRequest, Issue } from "./domain/InvalidRequest.ts"
export { Layout, LayoutRequest } from "./domain/Layout.ts"
export { Options, Readers } from "./domain/Options.ts"
export {
  Record as MetricRecord,
  RecordColumn,
  RecordField,
  RecordsAt,
  RecordsFault,
  RecordsRequest,
  RecordsResponse
} from "./domain/Records.ts"
export {
  CreateReport,
  Report,
  ReportChanged,
  ReportList,
  ReportNotFound,
  ReportNotYours,
  ReportSummary,
  UpdateReport,
  Visibility
} from "./domain/Report.ts"
export { ReportVersion, VersionNotFound } from "./domain/ReportVersion.ts"
export { RunRequest, RunResponse, WidgetRequest } from "./domain/Run.ts"
export {
  CategoryPoint,
  CategorySeries,
  LeaderboardPoint,
  LeaderboardSeries,
  Meta,
  MetricSeries,
  SeriesKey,
  StatSeries,
  TimeseriesPoint,
  TimeseriesSeries,
  Unit,
  WidgetFault
} from "./domain/Series.ts"
export {
  FreezeRequest,
  ShareSnapshot,
  Snapshot,
  SnapshotList,
  SnapshotNotFound,
  SnapshotSummary
} from "./domain/Snapshot.ts"
export { StageWeights } from "./domain/StageWeights.ts"
export { Stat } from "./domain/Stat.ts"
export {
  CreatedSubscription,
  CreateSubscription,
  DeliveriesNotConfigured,
  Subscription,
  SubscriptionNotFound,
  SubscriptionNotYours,
  UpdateSubscription
} from "./domain/Subscription.ts"
export { CreateTarget, Target, TargetExists, TargetList, TargetNotFound, UpdateTarget } from "./domain/Target.ts"
export { Bucket, Preset, TimeframeRequest } from "./domain/Timeframe.ts"
export { TimedOut, Unavailable } from "./domain/Unavailable.ts"
export { VersionDifference, VersionList, VersionSummary } from "./domain/VersionDifference.ts"
