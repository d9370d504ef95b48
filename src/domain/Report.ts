import { Schema } from "effect"
import { type Caller, hasScope } from "./Caller.ts"
import { closed } from "./closed.ts"
import { defaultView, savedView } from "./DefaultView.ts"
import { Failure } from "./Failure.ts"
import { OrgId, ReportId, UserId } from "./Ids.ts"
import { instant } from "./instant.ts"
import { Layout, LayoutRequest } from "./Layout.ts"
import { listOf, type Page, PageQuery } from "./Page.ts"
import { Text, undocumented } from "./Text.ts"

const visibilities = ["private", "people", "organization"] as const
export const Visibility = Schema.Literals(visibilities).annotate({
  identifier: "Visibility",
  message: `Expected ${visibilities.map((one) => `"${one}"`).join(" or ")}`
})
export type Visibility = typeof Visibility.Type

export const maxReaders = 50

/** The people in a request that shares something with them. */
export const ReaderIds = Schema.Array(Text({ minimum: 1, maximum: 200 })).check(
  Schema.isMaxLength(maxReaders, { message: `must have at most ${maxReaders} people` }),
  Schema.isUnique({ message: "must name each person once" })
)

const readers = {
  visibility: Schema.optionalKey(Visibility),
  people: Schema.optionalKey(ReaderIds).annotateKey({
    description: "User ids of members of the organization. Needed with the visibility `people`, and only with it."
  })
}

/** A list of people without the visibility would need the stored one to tell its meaning. */
const faultOfReaders = ({ people, visibility }: Schema.Struct.Type<typeof readers>) => {
  const isNamed = people !== undefined && people.length > 0
  if (people !== undefined && visibility === undefined) {
    return { path: ["people"], issue: "needs `visibility` beside it" }
  }
  if (visibility === "people" && !isNamed) {
    return { path: ["people"], issue: `must name 1 to ${maxReaders} people, because the visibility is \`people\`` }
  }
  return isNamed && visibility !== "people"
    ? { path: ["people"], issue: "is only for the visibility `people`" }
    : undefined
}
const areReaders = Schema.makeFilter(faultOfReaders, undocumented)

export const Title = Text({ minimum: 1, maximum: 120 })
const Description = Schema.NullOr(Text({ maximum: 2_000 }))

export const CreateReport = closed({
  title: Title,
  description: Schema.optionalKey(Description),
  ...readers,
  layout: LayoutRequest,
  ...savedView
}, "property of a report").check(areReaders).annotate({ identifier: "CreateReport" })
export type CreateReport = typeof CreateReport.Type

export const UpdateReport = closed({
  title: Schema.optionalKey(Title),
  description: Schema.optionalKey(Description),
  ...readers,
  layout: Schema.optionalKey(LayoutRequest),
  ...savedView
}, "property of a report").check(areReaders).annotate({
  identifier: "UpdateReport",
  description: "A property that is left out is not changed."
})
export type UpdateReport = typeof UpdateReport.Type

export const isEmptyUpdate = (change: { readonly [property: string]: unknown }): boolean =>
  Object.values(change).every((value) => value === undefined)

const sorts = ["-updatedAt", "updatedAt", "-createdAt", "createdAt", "title", "-title"] as const
export const ReportSort = Schema.Literals(sorts).annotate({
  identifier: "ReportSort",
  message: `Expected one of ${sorts.join(", ")}`
})
export type ReportSort = typeof ReportSort.Type

export const ReportQuery = {
  ...PageQuery,
  search: Schema.optionalKey(Text({ maximum: 200 })).annotateKey({
    description: "Only reports whose title or description contains this text, in upper or lower case."
  }),
  sort: Schema.optionalKey(ReportSort).annotateKey({
    description: "Order of the list; `-` is descending. Default: `-updatedAt`."
  })
}

export interface ReportPage extends Page {
  readonly search?: string
  readonly sort?: ReportSort
}

export const Report = Schema.Struct({
  id: ReportId,
  organizationId: OrgId,
  ownerId: UserId.annotateKey({ description: "User id of the creator." }),
  title: Schema.String,
  description: Schema.NullOr(Schema.String),
  visibility: Visibility,
  people: Schema.Array(Schema.String).annotateKey({
    description:
      "User ids of the people who may read the report, with the visibility `people`. The owner and admins see all of them, other people only themselves."
  }),
  layout: Layout,
  ...defaultView,
  snapshotCount: Schema.Int.annotateKey({ description: "Number of its snapshots that the caller may read." }),
  createdAt: instant("Time of creation."),
  updatedAt: instant("Time of the last change.")
}).annotate({ identifier: "Report" })

/** The version is sent only in the `ETag` header. */
export interface Report extends Schema.Schema.Type<typeof Report> {
  readonly version: number
}

const {
  createdAt,
  defaultFilters: _filters,
  defaultPeople: _people,
  id,
  layout: _layout,
  people: _readers,
  updatedAt,
  ...summary
} = Report.fields

export const widgetCount = Schema.Int.annotateKey({ description: "Number of the widgets in its layout." })

/** A list of reports has no layouts and no filters, because a page of them could have 25 MB. */
export const ReportSummary = Schema.Struct({ id, ...summary, widgetCount, createdAt, updatedAt }).annotate({
  identifier: "ReportSummary",
  description: "A report without its layout, filters and people."
})
export type ReportSummary = typeof ReportSummary.Type

/** A key without the key scope `reports:read` gets this for a report that it writes. */
export const ReportReceipt = Schema.Struct({ id, createdAt, updatedAt }).annotate({
  identifier: "ReportReceipt",
  description: "The response for a key without `reports:read`."
})
export type ReportReceipt = typeof ReportReceipt.Type

export const WrittenReport = Schema.Union([Report, ReportReceipt])

export const receiptOfReport = ({ createdAt, id, updatedAt }: Report): ReportReceipt => ({ id, createdAt, updatedAt })

export const writtenReport = (caller: Caller, report: Report): typeof WrittenReport.Type =>
  hasScope(caller, "reports:read") ? report : receiptOfReport(report)

export const ReportList = listOf(ReportSummary).annotate({ identifier: "ReportList" })

export class ReportNotFound extends Failure<ReportNotFound>()("ReportNotFound", {
  status: 404,
  code: "report_not_found",
  message: "There is no such report."
}) {}

export class ReportNotYours extends Failure<ReportNotYours>()("ReportNotYours", {
  status: 403,
  code: "report_not_yours",
  message: "Only its owner or an admin may change this report."
}) {}

export class ReportChanged extends Failure<ReportChanged>()("ReportChanged", {
  status: 412,
  code: "report_changed",
  message: "The report has changed since the version that If-Match names."
}) {}
