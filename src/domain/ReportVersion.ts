import { type DateTime, Schema, Struct } from "effect"
import { type Caller, mayRead, shownTo } from "./Caller.ts"
import { Failure } from "./Failure.ts"
import { UserId } from "./Ids.ts"
import { instant } from "./instant.ts"
import { Report } from "./Report.ts"

const {
  createdAt: _createdAt,
  id: _id,
  organizationId: _organization,
  ownerId: _owner,
  snapshotCount: _count,
  updatedAt: _updatedAt,
  ...definition
} = Report.fields

/** Everything that a PATCH can change. */
export const ReportDefinition = Schema.Struct(definition)
export type ReportDefinition = typeof ReportDefinition.Type

export const reportProperties = Struct.keys(definition)

export const definitionOf = Schema.decodeUnknownSync(ReportDefinition)

/** The newest versions of a report that are kept. */
export const keptVersions = 50

export const versionFields = {
  version: Schema.Int.annotateKey({ description: "Number of the version, which is the first number in the `ETag`." }),
  savedAt: instant("Time at which the version was saved."),
  savedBy: Schema.NullOr(UserId).annotateKey({ description: "User id of the person who saved it. Null if unknown." })
}

export const ReportVersion = Schema.Struct({ ...versionFields, ...definition }).annotate({
  identifier: "ReportVersion",
  description: "A report as it was saved at that time."
})
export type ReportVersion = typeof ReportVersion.Type

export class VersionNotFound extends Failure<VersionNotFound>()("VersionNotFound", {
  status: 404,
  code: "version_not_found",
  message: "There is no such version of the report."
}) {}

/** A version that is no longer the current one. */
export interface FormerVersion {
  readonly version: number
  readonly definition: ReportDefinition
  readonly savedAt: DateTime.Utc
  readonly replacedBy: UserId
}

/**
 * Returns the versions that the caller may read, newest first. `former` has the former versions, newest first. A version
 * can be read by those who could read the report at that time. Who saved a version is known from the version before it.
 */
export const versionsFor = (
  caller: Caller,
  report: Report,
  former: ReadonlyArray<FormerVersion>
): ReadonlyArray<ReportVersion> => {
  const savers = new Map(former.map(({ replacedBy, version }) => [version + 1, replacedBy]))
  const current = { version: report.version, savedAt: report.updatedAt, definition: definitionOf(report) }
  return [current, ...former]
    .filter(({ definition: { people, visibility }, version }) =>
      version > report.version - keptVersions && mayRead(caller, { ...report, people, visibility })
    )
    .map(({ definition, savedAt, version }) => ({
      version,
      savedAt,
      savedBy: savers.get(version) ?? (version === 1 ? report.ownerId : null),
      ...shownTo(caller, report.ownerId, definition)
    }))
}
