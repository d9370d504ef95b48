import { Predicate, Schema } from "effect"
import type { Caller } from "./Caller.ts"
import { isAtMostKiB, isStorableJson } from "./Json.ts"
import { type Layout, requestsOf } from "./Layout.ts"
import { stored, storedTimeframe, verbatim, withoutNulls } from "./lenient.ts"
import { FiltersRequest, People, type RunRequest, type View } from "./Run.ts"
import { undocumented } from "./Text.ts"
import { TimeframeRequest } from "./Timeframe.ts"

const SavedTimeframe = verbatim(TimeframeRequest).check(isAtMostKiB(4), isStorableJson())

const isText = (value: unknown) => typeof value === "string"

/** A default that counts nothing would empty the report for everybody, so it is refused when it is saved. */
const faultOfSavedFilters = (filters: unknown) => {
  if (!Predicate.isReadonlyObject(filters) || Array.isArray(filters)) return "must be an object"
  const odd = Object.entries(filters).find(([, value]) =>
    value !== null && !isText(value) && !(Array.isArray(value) && value.every(isText))
  )
  return odd && { path: [odd[0]], issue: "must be a text or a list of texts" }
}

const SavedFilters = Schema.NullOr(
  verbatim(FiltersRequest).check(
    Schema.makeFilter(faultOfSavedFilters, undocumented),
    isAtMostKiB(64),
    isStorableJson()
  )
)
const SavedPeople = Schema.NullOr(verbatim(People).check(isAtMostKiB(64), isStorableJson()))
const cleanPeople = withoutNulls(People)

/** The default view in a request that saves a report. */
export const savedView = {
  defaultTimeframe: Schema.optionalKey(SavedTimeframe),
  defaultFilters: Schema.optionalKey(SavedFilters).annotateKey({
    description: "Used by runs, files and snapshots of the report that name no filters. Null removes them."
  }),
  defaultPeople: Schema.optionalKey(SavedPeople).annotateKey({
    description:
      "Used by runs, files and snapshots of an admin that name no people. Null removes them. Ignored for members."
  })
}
type SavedView = Schema.Struct.Type<typeof savedView>

/** The default view of a saved report. */
export const defaultView = {
  defaultTimeframe: stored(TimeframeRequest),
  defaultFilters: Schema.NullOr(stored(FiltersRequest)).annotateKey({
    description: "Filters of a request that names none."
  }),
  defaultPeople: Schema.NullOr(stored(People)).annotateKey({
    description: "People of a request of an admin that names none. Null for members."
  })
}
type Defaults = Schema.Struct.Type<typeof defaultView>

/** The default of the report replaces each part that the request leaves out. */
export const viewOf = (
  { defaultFilters, defaultPeople, defaultTimeframe }: Defaults,
  { assigneeIds, comparePrevious, everyone, filters = defaultFilters, timeframe = storedTimeframe(defaultTimeframe) }:
    View
): View => ({
  ...(assigneeIds === undefined && everyone === undefined && defaultPeople !== null && cleanPeople(defaultPeople)),
  ...(assigneeIds !== undefined && { assigneeIds }),
  ...(everyone !== undefined && { everyone }),
  timeframe,
  ...(filters !== null && { filters }),
  ...(comparePrevious !== undefined && { comparePrevious })
})

export const runRequestOf = (report: Defaults & { readonly layout: Layout }, view: View): RunRequest => ({
  ...viewOf(report, view),
  widgets: requestsOf(report.layout)
})

/** Members do not set whose rows an admin counts. */
export const peopleSetBy = (caller: Caller, change: SavedView): SavedView["defaultPeople"] =>
  caller.role === "admin" ? change.defaultPeople : undefined
