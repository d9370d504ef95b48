import type { RecordType } from "../../metrics/recordTypes.ts"
import type { Field } from "../../metrics/Table.ts"
import type { RecordPart, RecordQuery } from "../Point.ts"
import { cacheKey, organization, type StatementShape, statementShapeOf } from "./Statement.ts"

export interface RecordShape extends StatementShape {
  readonly groups: "all" | "some" | "someOrNull"
  readonly isOneCurrency: boolean
  readonly isFirstPage: boolean
  readonly part: RecordPart | "both"
}

const groupsOf = ({ groups }: RecordQuery): RecordShape["groups"] => {
  if (groups === undefined) return "all"
  return groups.includes(null) ? "someOrNull" : "some"
}

export const recordShapeOf = (query: RecordQuery): RecordShape => ({
  ...statementShapeOf(query),
  groups: groupsOf(query),
  isOneCurrency: query.currency !== undefined,
  isFirstPage: query.after === undefined,
  part: query.after === undefined ? query.part ?? "both" : "records"
})

export const recordCacheKey = (shape: RecordShape): string =>
  `${cacheKey(shape)},${shape.groups},${shape.isOneCurrency},${shape.isFirstPage},${shape.part}`

/** The result is text, so that no driver rounds it. */
export const millis = (instant: string): string => `(extract(epoch FROM ${instant}) * 1000)::bigint::text`

const asText = ({ column, kind }: Field, row: string): string => {
  const value = `${row}.${column}`
  switch (kind) {
    case "instant":
      return millis(value)
    case "money":
      return `(${value} * 100)::numeric(38, 0)::text`
    case "percent":
      return `(${value} * 10000)::numeric(38, 0)::text`
    case "integer":
      return `${value}::text`
    case "text":
    case "uuid":
    case "texts":
    case "uuids":
      return value
  }
}

const namesOf = ({ columns }: RecordType, row: string): string => {
  const tags = columns.find(({ field }) => field.namedBy === "tags")
  return tags === undefined
    ? "NULL"
    : `(SELECT json_object_agg(t.tag_id, t.name) FROM crm.tags t WHERE t.organization_id = ${organization} AND t.tag_id = ANY (${row}.${tags.field.column}))`
}

export const recordCells = (type: RecordType, row = "r"): string =>
  `json_build_array(${type.columns.map(({ field }) => asText(field, row)).join(", ")})::text AS cells, ${
    namesOf(type, row)
  }::text AS labels`

/** This SQL does the same as `idPart` in `query/Point.ts`. */
export const idPart = (text: string): string => `replace(replace(${text}, '~', '~0'), '/', '~1')`
