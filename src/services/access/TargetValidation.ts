import { Context, Effect, Layer } from "effect"
import type { Caller } from "../../domain/Caller.ts"
import { InvalidRequest, type Issue } from "../../domain/InvalidRequest.ts"
import { faultOfDecimals, numberFormats } from "../../domain/numberFormats.ts"
import {
  type CreateTarget,
  faultOfKey,
  type NewTarget,
  organizationOwner,
  type Target,
  type UpdateTarget
} from "../../domain/Target.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { Metric } from "../../metrics/Metric.ts"
import { appliedValues, filtersOf } from "../../query/Filters.ts"
import { takesTarget } from "../../query/series/target.ts"
import { Catalog } from "./Catalog.ts"
import { Organizations } from "./Organizations.ts"

type Values = NonNullable<UpdateTarget["values"]>

const faultOfValue = ({ unit }: Metric, value: number | null): string | undefined =>
  value === null ? undefined : faultOfDecimals(numberFormats[unit].decimals, value)

const faultsOfValues = (metric: Metric, period: Target["period"], values: Values): ReadonlyArray<Issue> =>
  Object.entries(values).flatMap(([key, value]) => {
    const message = faultOfKey(period, key) ?? faultOfValue(metric, value)
    return message === undefined ? [] : [{ path: `values.${key}`, message }]
  })

const faultsOfCurrency = ({ unit }: Metric, currency: string | undefined): ReadonlyArray<Issue> =>
  currency === undefined || unit === "money"
    ? []
    : [{ path: "currency", message: `must be absent, because the unit of this metric is ${unit}` }]

const faultsOfFilters = (metric: Metric, given: unknown): ReadonlyArray<Issue> => {
  const { applied, ignored, invalid } = filtersOf(metric, given)
  if (invalid === true) return [{ path: "filters", message: "must be an object" }]
  const empty = applied.filter(({ orNone, values }) => values.length === 0 && !orNone)
  return [
    ...ignored.map((key) => ({ path: `filters.${key}`, message: "is no filter of this metric" })),
    ...empty.map(({ key }) => ({ path: `filters.${key}`, message: "has no valid value" }))
  ]
}

const unknownMetric = { path: "metricId", message: "is no metric of the catalog" }
const unsuitable = {
  path: "metricId",
  message: "takes no target: a target needs a number, a timeseries or a ranking by person over a timeframe"
}

export class TargetValidation extends Context.Service<TargetValidation, {
  /** Returns the target with its currency and with the values of its filters in a fixed order. */
  created(caller: Caller, target: CreateTarget): Effect.Effect<NewTarget, InvalidRequest | Unreachable>
  checkUpdate(target: Target, change: UpdateTarget): Effect.Effect<void, InvalidRequest>
}>()("crm-reports/services/access/TargetValidation") {
  static readonly layer = Layer.effect(
    TargetValidation,
    Effect.gen(function*() {
      const catalog = yield* Catalog
      const organizations = yield* Organizations

      const created = Effect.fnUntraced(function*(caller: Caller, target: CreateTarget) {
        const { currency, filters = {}, for: owner, metricId, period, values } = target
        const metric = catalog.metric(metricId)
        if (metric === undefined) return yield* InvalidRequest.of([unknownMetric])
        const isOfPerson = owner !== organizationOwner && owner !== caller.userId
        const { members, organization } = yield* organizations.lookUp(caller.organizationId, [owner])
        const faults = [
          ...(takesTarget(metric) ? [] : [unsuitable]),
          ...faultsOfValues(metric, period, values),
          ...faultsOfCurrency(metric, currency),
          ...faultsOfFilters(metric, filters),
          ...(isOfPerson && !members.some(({ userId }) => userId === owner)
            ? [{ path: "for", message: "is neither `organization` nor the id of a person of the organization" }]
            : [])
        ]
        if (faults.length > 0) return yield* InvalidRequest.of(faults)
        return {
          metricId,
          filters: appliedValues(filtersOf(metric, filters)).applied,
          for: owner,
          period,
          values,
          currency: metric.unit === "money" ? currency ?? organization.currency : null
        }
      })

      const checkUpdate = Effect.fnUntraced(function*(
        { metricId, period }: Target,
        { currency, values = {} }: UpdateTarget
      ) {
        const metric = catalog.metric(metricId)
        const faults = metric === undefined
          ? [unknownMetric]
          : [...faultsOfValues(metric, period, values), ...faultsOfCurrency(metric, currency)]
        if (faults.length > 0) return yield* InvalidRequest.of(faults)
      })
      return { created, checkUpdate }
    })
  )
}
