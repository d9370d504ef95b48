import { memoize } from "effect/Function"
import { type BoundedCache, boundedCache } from "../domain/boundedCache.ts"
import type { Metric } from "../metrics/Metric.ts"
import { type RecordType, recordTypeOf } from "../metrics/recordTypes.ts"
import { handwritten } from "./handwritten/handwritten.ts"
import type { Plan } from "./Plan.ts"
import type { RecordQuery } from "./Point.ts"
import { compileRowByRow } from "./sql/compileRowByRow.ts"
import { recordCacheKey, type RecordShape, recordShapeOf } from "./sql/recordCells.ts"
import { type RecordsSql, statementOf } from "./sql/recordPage.ts"
import { recordsRowByRow } from "./sql/recordsRowByRow.ts"
import {
  cacheKey,
  makeParams,
  type Params,
  type Statement,
  type StatementShape,
  statementShapeOf,
  type Template
} from "./sql/Statement.ts"

const templateOf = (shape: StatementShape): Template => {
  const params = makeParams()
  const text = (handwritten(shape.id)?.compile ?? compileRowByRow)(shape, params)
  return { text, params: params.params }
}

const maxShapes = 200

const templatesOf = memoize<Metric, BoundedCache<string, Template>>(() => boundedCache(maxShapes))

export const compile = (plan: Plan): Statement => {
  const shape = statementShapeOf(plan)
  const templates = templatesOf(plan.metric)
  const key = cacheKey(shape)
  const { params, text } = templates.get(key) ?? templates.set(key, templateOf(shape))
  return { text, params: params.map((valueOf) => valueOf(plan)) }
}

const sqlOf = (shape: RecordShape, params: Params<RecordQuery>): RecordsSql => {
  const records = handwritten(shape.id)?.records
  if (records === undefined) return recordsRowByRow(shape, params)
  return { before: "", totals: () => records.totals(shape, params), page: () => records.page(shape, params) }
}

const recordTemplateOf = (shape: RecordShape): Template<RecordQuery> => {
  const params = makeParams<RecordQuery>()
  return { text: statementOf(sqlOf(shape, params), shape), params: params.params }
}

export const recordTypeOfMetric = ({ id, metric }: Plan): RecordType =>
  handwritten(id)?.records.type ?? recordTypeOf(metric.from.table)

const recordTemplatesOf = memoize<Metric, BoundedCache<string, Template<RecordQuery>>>(() => boundedCache(maxShapes))

export const compileRecords = (query: RecordQuery): Statement => {
  const shape = recordShapeOf(query)
  const templates = recordTemplatesOf(query.metric)
  const key = recordCacheKey(shape)
  const { params, text } = templates.get(key) ?? templates.set(key, recordTemplateOf(shape))
  return { text, params: params.map((valueOf) => valueOf(query)) }
}
