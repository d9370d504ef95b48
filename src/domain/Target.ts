import { Schema } from "effect"
import type { Caller } from "./Caller.ts"
import { closed } from "./closed.ts"
import { Failure } from "./Failure.ts"
import { TargetId } from "./Ids.ts"
import { instant } from "./instant.ts"
import { isAtMostKiB, isStorableJson } from "./Json.ts"
import { verbatim } from "./lenient.ts"
import { listOf, type Page, PageQuery } from "./Page.ts"
import { FiltersRequest } from "./Run.ts"
import { Text, Word } from "./Text.ts"

/** The owner of a target that belongs to no person. */
export const organizationOwner = "organization"

/** A person with the id `organization` has no targets. Otherwise this person would get the target of the organization. */
export const personOwners = (ids: ReadonlyArray<string>): ReadonlyArray<string> =>
  ids.filter((id) => id !== organizationOwner)

const periods = ["month", "quarter", "year"] as const
export const TargetPeriod = Schema.Literals(periods).annotate({
  identifier: "TargetPeriod",
  message: `Expected one of ${periods.join(", ")}`
})
export type TargetPeriod = typeof TargetPeriod.Type

const keys: { readonly [P in TargetPeriod]: { readonly pattern: RegExp; readonly form: string } } = {
  month: { pattern: /^20\d\d-(0[1-9]|1[0-2])$/, form: "a month such as 2026-10" },
  quarter: { pattern: /^20\d\d-Q[1-4]$/, form: "a quarter such as 2026-Q4" },
  year: { pattern: /^20\d\d$/, form: "a year such as 2026" }
}

/** Returns the period of a key, such as `month` for `2026-10`. */
export const periodOfKey = (key: string): TargetPeriod | undefined =>
  periods.find((period) => keys[period].pattern.test(key))

export const faultOfKey = (period: TargetPeriod, key: string): string | undefined =>
  keys[period].pattern.test(key) ? undefined : `is not ${keys[period].form}, from 2000 to 2099`

const maxTargetValue = 1_000_000_000_000

export const TargetValue = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: maxTargetValue }))

export const Currency = Schema.String.annotate({ examples: ["EUR"] }).check(
  Schema.isPattern(/^[A-Z]{3}$/u, { message: "must be three capital letters, such as EUR" })
)

const filters = verbatim(FiltersRequest).check(isAtMostKiB(16), isStorableJson())

const maxValues = 1_200

const faultOfValues = (values: object) => {
  const count = Object.keys(values).length
  return count >= 1 && count <= maxValues ? undefined : `must have 1 to ${maxValues} values`
}

const valuesBy = <S extends Schema.Constraint>(value: S) =>
  Schema.Record(Schema.String, value).check(
    Schema.makeFilter(faultOfValues, { toJsonSchema: () => ({ minProperties: 1, maxProperties: maxValues }) })
  )

const texts = {
  for: { description: "A user id, or `organization`." },
  filters: { description: "The target belongs to widgets with exactly these filters." },
  values: {
    description:
      "The value of each period. A key is a month (`2026-10`), a quarter (`2026-Q4`) or a year (`2026`), from 2000 to 2099."
  }
}

export const CreateTarget = closed({
  metricId: Word,
  filters: Schema.optionalKey(filters).annotateKey(texts.filters),
  for: Text({ minimum: 1, maximum: 200 }).annotateKey(texts.for),
  period: TargetPeriod,
  values: valuesBy(TargetValue).annotateKey(texts.values),
  currency: Schema.optionalKey(Currency).annotateKey({
    description: "Only for a metric in money. Default: the currency of the organization."
  })
}, "property of a target").annotate({ identifier: "CreateTarget" })
export type CreateTarget = typeof CreateTarget.Type

export const UpdateTarget = closed({
  values: Schema.optionalKey(valuesBy(Schema.NullOr(TargetValue))).annotateKey({
    description: `${texts.values.description} Null removes the value. Periods that are left out keep their values.`
  }),
  currency: Schema.optionalKey(Currency).annotateKey({ description: "Only for a metric in money." })
}, "property of a target that can change").annotate({ identifier: "UpdateTarget" })
export type UpdateTarget = typeof UpdateTarget.Type

export const Target = Schema.Struct({
  id: TargetId,
  metricId: Schema.String,
  filters: Schema.Record(Schema.String, Schema.Array(Schema.String)).annotateKey(texts.filters),
  for: Schema.String.annotateKey(texts.for),
  period: TargetPeriod,
  values: Schema.Record(Schema.String, Schema.Finite).annotateKey(texts.values),
  currency: Schema.NullOr(Schema.String).annotateKey({ description: "Null unless the metric is in money." }),
  createdAt: instant("Time of creation."),
  updatedAt: instant("Time of the last change.")
}).annotate({ identifier: "Target" })
export type Target = typeof Target.Type

/** The metric has these filters, and `currency` is that of an amount of money. */
export type NewTarget = Pick<Target, "metricId" | "filters" | "for" | "period" | "values" | "currency">

export const TargetList = listOf(Target).annotate({ identifier: "TargetList" })

export const TargetQuery = {
  ...PageQuery,
  metricId: Schema.optionalKey(Word),
  for: Schema.optionalKey(Word)
}

export interface TargetPage extends Page {
  readonly metricId?: string
  readonly for?: string
}

/** A run asks for the targets of these metrics and owners. */
export interface TargetsAsked {
  readonly metricIds: ReadonlyArray<string>
  readonly people: ReadonlyArray<string>
  readonly isForOrganization: boolean
}

/** Members have only their own targets. Returns undefined for all owners. */
export const ownersFor = ({ role, userId }: Caller): ReadonlyArray<string> | undefined =>
  role === "admin" ? undefined : personOwners([userId])

export const ownersIn = ({ isForOrganization, people }: TargetsAsked): ReadonlyArray<string> => [
  ...personOwners(people),
  ...(isForOrganization ? [organizationOwner] : [])
]

export class TargetNotFound extends Failure<TargetNotFound>()("TargetNotFound", {
  status: 404,
  code: "target_not_found",
  message: "There is no such target."
}) {}

export class TargetExists extends Failure<TargetExists>()("TargetExists", {
  status: 409,
  code: "target_exists",
  message:
    "There is already a target of this metric with these filters, for the same owner and period. Change that one."
}) {}
