import { memoize } from "effect/Function"
import type { Metric } from "../metrics/Metric.ts"
import { groupByName, type Plan } from "../query/Plan.ts"
import type { Kind, Kinds } from "./Kinds.ts"
import { type Contribution, holds, isInPopulation, type KindNow, measure } from "./measure.ts"
import { pastOf } from "./projection.ts"

/** `group` is also null if rows are grouped by person or tag. */
interface Line {
  readonly group: string | null
  readonly currency: string | null
}

interface Class extends Contribution {
  readonly line: number
}

export interface Classes {
  /** Plans with the same key have equal classes. A key that would be too long is undefined. */
  readonly key: string | undefined
  readonly lines: ReadonlyArray<Line>
  /** Rows of class 0 are not counted. */
  readonly all: ReadonlyArray<Class>
  /** `ofPastKind` is for rows whose `past` time, such as a due time, is before `asOf`. */
  readonly ofKind: Int32Array
  readonly ofPastKind: Int32Array
}

/** Classes are stored without a scope, because scopes would need much memory. */
type Classified = Pick<Plan, "filters" | "groupBy" | "metric">

const groupOf = ({ groupBy }: Classified, kind: KindNow): string | null => {
  switch (groupBy._tag) {
    case "Nothing":
      return null
    case "Parts":
      return groupBy.parts.find(({ where }) => where !== undefined && holds(where, kind))?.key ?? null
    case "Dimension": {
      const { dimension } = groupBy
      return dimension._tag === "Field" && dimension.kind === "text" ? kind.text(dimension) : null
    }
  }
}

const lineOf = (plan: Classified, kind: KindNow): Line => {
  const { dominant } = plan.metric
  return { group: groupOf(plan, kind), currency: dominant === undefined ? null : kind.text(dominant.currency) }
}

const makePlaces = <A>(all: Array<A>, keyOf: (value: A) => string) => {
  const places = new Map(all.map((value, place) => [keyOf(value), place]))
  return (value: A): number => {
    const key = keyOf(value)
    const place = places.get(key) ?? all.push(value) - 1
    places.set(key, place)
    return place
  }
}

const lineKey = ({ currency, group }: Line) =>
  `${currency === null ? 0 : currency.length} ${currency} ${group === null} ${group}`

const classKey = ({ denominator, hasAmount, line, numerator, weightedBy = null }: Class) =>
  `${line} ${numerator} ${denominator} ${hasAmount} ${weightedBy}`

const notCounted: Class = { line: -1, numerator: 0, denominator: 0, hasAmount: false }

const extended = (codes: Int32Array, more: ReadonlyArray<number>) => {
  const longer = new Int32Array(codes.length + more.length)
  longer.set(codes)
  longer.set(more, codes.length)
  return longer
}

const makeClasses = (plan: Classified, key: string | undefined) => {
  const lines: Array<Line> = []
  const all = [notCounted]
  const [placeOfLine, placeOfClass] = [makePlaces(lines, lineKey), makePlaces(all, classKey)]
  const hasPast = pastOf(plan.metric).length > 0
  let [ofKind, ofPastKind] = [new Int32Array(0), new Int32Array(0)]
  const codeOf = (kind: Kind, isPast: boolean): number => {
    const now = { ...kind, isPast }
    if (!isInPopulation(plan, now)) return 0
    return placeOfClass({ ...measure(plan.metric.measure, now), line: placeOfLine(lineOf(plan, now)) })
  }
  const upTo = (kinds: Kinds): Classes => {
    const added = kinds.all.slice(ofKind.length)
    if (added.length > 0) {
      ofKind = extended(ofKind, added.map((kind) => codeOf(kind, false)))
      if (hasPast) ofPastKind = extended(ofPastKind, added.map((kind) => codeOf(kind, true)))
    }
    return { key, lines, all, ofKind, ofPastKind }
  }
  return { upTo }
}

/** The number of stored plans times the number of kinds is at most this. */
const maxKept = 2 ** 20

const leastKinds = 2 ** 10

const maxKeyLength = 4096

let metrics = 0
const numberOf = memoize((_metric: Metric) => metrics++)

/** `plan.id` can be equal for different metrics, so the key contains a number that only this metric has. */
const keyOf = ({ filters: { applied }, groupBy, metric }: Plan): string | undefined => {
  const id = numberOf(metric)
  if (applied.length === 0) return `${id} ${groupByName(groupBy)}`
  const values = applied.map(({ key, orNone, values }) => [key, values, orNone])
  const key = JSON.stringify([id, groupByName(groupBy), values])
  return key.length > maxKeyLength ? undefined : key
}

export const makeClassCache = (kinds: Kinds) => {
  const kept = new Map<string, ReturnType<typeof makeClasses>>()
  return (plan: Plan): Classes => {
    const { filters, groupBy, metric } = plan
    const key = keyOf(plan)
    const make = () => makeClasses({ filters, groupBy, metric }, key)
    if (key === undefined) return make().upTo(kinds)
    const classes = kept.get(key) ?? make()
    kept.delete(key)
    kept.set(key, classes)
    for (const oldest of kept.keys()) {
      if (kept.size * Math.max(kinds.all.length, leastKinds) <= maxKept) break
      kept.delete(oldest)
    }
    return classes.upTo(kinds)
  }
}
