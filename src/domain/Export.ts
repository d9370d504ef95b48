import { Result, Schema } from "effect"
import { DocumentFormat } from "./DocumentFormat.ts"
import { wholeNumber } from "./Page.ts"
import { AssigneeIds, faultOfFilters, type View } from "./Run.ts"
import { undocumented, Word } from "./Text.ts"
import type { Timeframe } from "./Timeframe.ts"

export const isLocale = (text: string) => {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

/** In CSS pixels. The text of most charts does not fit a narrower picture. No mail or page shows a wider one. */
const chartWidths = { minimum: 200, maximum: 2_000 } as const
/** The usual width of a mail. */
export const defaultChartWidth = 600

export const Theme = Schema.Literals(["light", "dark"])

/** Its language has texts, or the texts are English. */
export const Locale = Schema.String.annotate({ examples: ["de-AT"] }).check(
  Schema.makeFilter((text: string) => isLocale(text) || "must be a language tag, such as en or de-AT", undocumented),
  Schema.isMaxLength(35)
)

export interface FileLook {
  /** Makes a picture of one widget or table a bare chart of this width. */
  readonly width?: number
  readonly theme?: typeof Theme.Type
  readonly locale?: string
}

export const SnapshotExportQuery = {
  format: DocumentFormat.annotateKey({ description: "Format of the file." }),
  theme: Schema.optionalKey(Theme).annotateKey({
    description: "Colors of a picture. Default: `light`. A PDF is always light."
  }),
  locale: Schema.optionalKey(Locale).annotateKey({
    description:
      "A language tag: that of texts (English, Spanish, or German), numbers, and dates. Default: that of the `Accept-Language` header, or `en`."
  })
}

export const RunFileQuery = Schema.Struct({
  width: Schema.optionalKey(wholeNumber(chartWidths.maximum, chartWidths.minimum, {
    description:
      `Width of a picture of one widget or table, in CSS pixels. Default: ${defaultChartWidth}. Not allowed for a picture of several.`
  })),
  theme: SnapshotExportQuery.theme,
  locale: SnapshotExportQuery.locale
})

const Flag = Schema.Literals(["true", "false"])

const faultOfFilterText = (text: string) =>
  Result.match(Result.try((): unknown => JSON.parse(text)), {
    onFailure: () => "must be JSON, such as {\"source\":[\"portal\"]}",
    onSuccess: faultOfFilters
  })

export const ReportExportQuery = {
  ...SnapshotExportQuery,
  preset: Schema.optionalKey(Word).annotateKey({
    description: "Replaces the report's timeframe, together with the parameters beside it."
  }),
  from: Schema.optionalKey(Word).annotateKey({ description: "For `custom`: included." }),
  to: Schema.optionalKey(Word).annotateKey({ description: "For `custom`: a date is included, an instant is not." }),
  bucket: Schema.optionalKey(Word).annotateKey({ description: "Default: `day`." }),
  timeZone: Schema.optionalKey(Word).annotateKey({
    description: "An exact IANA name. Default: the time zone of the organization."
  }),
  weekStart: Schema.optionalKey(wholeNumber(7, 1, {
    description: "The first day of a week: 1 is Monday, 7 is Sunday. Default: that of the organization."
  })),
  assigneeIds: Schema.optionalKey(Schema.Union([AssigneeIds, Word])).annotateKey({
    description:
      "User ids whose rows an admin counts, one parameter for each. `~nobody` stands for rows without a member. Ignored for members."
  }),
  everyone: Schema.optionalKey(Flag).annotateKey({
    description: "An admin counts all rows of the organization. Ignored for members."
  }),
  filters: Schema.optionalKey(Schema.String.check(Schema.makeFilter(faultOfFilterText, undocumented))).annotateKey({
    description: "Filters of all widgets as JSON. A row must also pass the filters of its widget.",
    examples: ["{\"source\":[\"portal\"]}"]
  }),
  comparePrevious: Schema.optionalKey(Flag).annotateKey({
    description: "True: each timeseries, category and leaderboard also has the numbers of the window before."
  })
}

interface ViewQuery {
  readonly preset?: string
  readonly from?: string
  readonly to?: string
  readonly bucket?: string
  readonly timeZone?: string
  readonly weekStart?: number
  readonly assigneeIds?: string | ReadonlyArray<string>
  readonly everyone?: typeof Flag.Type
  readonly filters?: string
  readonly comparePrevious?: typeof Flag.Type
}

const timeframeIn = ({ bucket, from, preset, timeZone, to, weekStart }: ViewQuery): Timeframe | undefined =>
  preset === undefined ? undefined : {
    preset,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(bucket !== undefined && { bucket }),
    ...(timeZone !== undefined && { timeZone }),
    ...(weekStart !== undefined && { weekStart })
  }

export const viewOfQuery = (query: ViewQuery): View => {
  const timeframe = timeframeIn(query)
  const { assigneeIds, comparePrevious, everyone, filters } = query
  return {
    ...(timeframe !== undefined && { timeframe }),
    ...(everyone !== undefined && { everyone: everyone === "true" }),
    ...(filters !== undefined && { filters: JSON.parse(filters) }),
    ...(comparePrevious !== undefined && { comparePrevious: comparePrevious === "true" }),
    ...(assigneeIds !== undefined && { assigneeIds: typeof assigneeIds === "string" ? [assigneeIds] : assigneeIds })
  }
}

export interface ExportedFile {
  readonly name: string
  readonly format: DocumentFormat
  readonly bytes: Uint8Array
}
