import type { RecordPart, RecordQuery } from "../Point.ts"
import { cacheKey, type StatementShape, statementShapeOf } from "./Statement.ts"

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
