import { Schema } from "effect"
import { DocumentFormat } from "./DocumentFormat.ts"
import { wholeNumber } from "./Page.ts"
import { AssigneeIds, type ReportRunRequest } from "./Run.ts"
import { Word } from "./Text.ts"
import type { Timeframe } from "./Timeframe.ts"

const isLocale = (text: string) => {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

/** In CSS pixels. The text of most charts does not fit a narrower picture. No mail or page shows a wider one. */
export const chartWidths = { minimum: 200, maximum: 2_000 } as const
/** The usual width of a mail. */
export const defaultChartWidth = 600

export const Theme = Schema.Literals(["light", "dark"])

const Locale = Schema.String.check(
  Schema.makeFilter((text: string) => isLocale(text) || "must be a language tag, such as en or de-AT", {
    toJsonSchema: () => ({ type: "string", maxLength: 35 })
  }),
  Schema.isMaxLength(35)
)

export interface FileLook {
  /** Makes a picture of one widget a bare chart of this width. */
  readonly width?: number
  readonly theme?: typeof Theme.Type
  readonly locale?: string
}

export const SnapshotExportQuery = {
  format: DocumentFormat,
  theme: Schema.optionalKey(Theme),
  locale: Schema.optionalKey(Locale)
}

export const RunFileQuery = Schema.Struct({
  width: Schema.optionalKey(wholeNumber(chartWidths.maximum, chartWidths.minimum)),
  theme: SnapshotExportQuery.theme,
  locale: SnapshotExportQuery.locale
})

export const ReportExportQuery = {
  ...SnapshotExportQuery,
  preset: Schema.optionalKey(Word),
  from: Schema.optionalKey(Word),
  to: Schema.optionalKey(Word),
  bucket: Schema.optionalKey(Word),
  timeZone: Schema.optionalKey(Word),
  weekStart: Schema.optionalKey(wholeNumber(7)),
  assigneeIds: Schema.optionalKey(Schema.Union([AssigneeIds, Word])),
  everyone: Schema.optionalKey(Schema.Literals(["true", "false"]))
}

interface RunQuery {
  readonly preset?: string
  readonly from?: string
  readonly to?: string
  readonly bucket?: string
  readonly timeZone?: string
  readonly weekStart?: number
  readonly assigneeIds?: string | ReadonlyArray<string>
  readonly everyone?: "true" | "false"
}

const timeframeIn = ({ bucket, from, preset, timeZone, to, weekStart }: RunQuery): Timeframe | undefined =>
  preset === undefined ? undefined : {
    preset,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(bucket !== undefined && { bucket }),
    ...(timeZone !== undefined && { timeZone }),
    ...(weekStart !== undefined && { weekStart })
  }

export const runOf = (query: RunQuery): ReportRunRequest => {
  const timeframe = timeframeIn(query)
  const { assigneeIds, everyone } = query
  return {
    ...(timeframe !== undefined && { timeframe }),
    ...(everyone !== undefined && { everyone: everyone === "true" }),
    ...(assigneeIds !== undefined && { assigneeIds: typeof assigneeIds === "string" ? [assigneeIds] : assigneeIds })
  }
}

export interface ExportedFile {
  readonly name: string
  readonly format: DocumentFormat
  readonly bytes: Uint8Array
}
