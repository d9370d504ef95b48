import { memoize } from "effect/Function"
import { type BoundedCache, boundedCache } from "../domain/boundedCache.ts"
import type { Metric } from "../metrics/Metric.ts"
import { handwritten } from "./handwritten/handwritten.ts"
import type { Plan } from "./Plan.ts"
import { compileRowByRow } from "./sql/compileRowByRow.ts"
import {
  cacheKey,
  makeParams,
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
