import { Schema, SchemaTransformation } from "effect"

export const OrgId = Schema.NonEmptyString.pipe(Schema.brand("OrgId"))
export type OrgId = typeof OrgId.Type

export const UserId = Schema.String.pipe(Schema.brand("UserId"))
export type UserId = typeof UserId.Type

/** A UUID may have any version, and upper or lower case. */
const Uuid = Schema.String.check(
  Schema.isGUID({ message: "must be a UUID", toJsonSchema: () => ({ format: "uuid" }) })
)

export const isUuid = Schema.is(Uuid)

export const ReportId = Uuid.pipe(
  Schema.decodeTo(Schema.String.pipe(Schema.brand("ReportId")), SchemaTransformation.toLowerCase())
)
export type ReportId = typeof ReportId.Type

export const SnapshotId = Uuid.pipe(
  Schema.decodeTo(Schema.String.pipe(Schema.brand("SnapshotId")), SchemaTransformation.toLowerCase())
)
export type SnapshotId = typeof SnapshotId.Type

export const TargetId = Uuid.pipe(
  Schema.decodeTo(Schema.String.pipe(Schema.brand("TargetId")), SchemaTransformation.toLowerCase())
)
export type TargetId = typeof TargetId.Type

export const SubscriptionId = Uuid.pipe(
  Schema.decodeTo(Schema.String.pipe(Schema.brand("SubscriptionId")), SchemaTransformation.toLowerCase())
)
export type SubscriptionId = typeof SubscriptionId.Type
