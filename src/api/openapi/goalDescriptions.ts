import type { JsonObject } from "./jsonTree.ts"

const dateTime = (description: string): JsonObject => ({ format: "date-time", description })
const text = (description: string): JsonObject => ({ description })

const owner = text("A user id, or `organization`.")
const filters = text("The target belongs to widgets with exactly these filters.")
const values =
  "The value of each period. A key is a month (`2026-10`), a quarter (`2026-Q4`) or a year (`2026`), from 2000 to 2099."
const currency = text("Only for a metric in money. Default: the currency of the organization.")

export const goalDescriptions: { readonly [schema: string]: { readonly [property: string]: JsonObject } } = {
  StageWeights: {
    "": text(
      "The weight of each stage, in percent from 0 to 100 with at most two decimals. A stage that is absent has no weight."
    )
  },
  CreateTarget: { for: owner, filters, values: text(values), currency },
  UpdateTarget: {
    values: text(`${values} Null removes the value. Periods that are left out keep their values.`),
    currency: text("Only for a metric in money.")
  },
  Target: {
    for: owner,
    filters,
    values: text(values),
    currency: text("Null unless the metric is in money."),
    createdAt: dateTime("Time of creation."),
    updatedAt: dateTime("Time of the last change.")
  },
  TargetFigures: {
    "": text("The target of the window, and how far the number is. Figures are rounded like the number."),
    value: text(
      "The values of all periods of the window, added up. The coarsest period that has all values applies. Null: nobody has a target."
    ),
    people: text("Number of people whose targets are added. 0 for the target of the organization."),
    missing: text("Number of people without a target. People who left do not count."),
    attainedPct: text("The number as a percentage of the target, one decimal. Null if the target is null or 0."),
    expectedByNow: text(
      "The target × the local days that have begun ÷ the local days of the period. A percentage or an average is expected whole."
    ),
    projected: text(
      "The number ÷ the local days that have begun × the local days of the window. Null for percentages and averages."
    ),
    remaining: text("The target less the number. Negative if the target is passed."),
    additive: text("False: targets of several people are added, whose rows may be shared."),
    points: text("For a timeseries: what is due at the end of each bucket of the window, also after `asOf`.")
  },
  TargetFault: { "": text("Why the widget has no target. Its numbers are not affected.") },
  LeaderboardPoint: {
    category: text("User id."),
    label: text("Name of the person."),
    target: text("With `target: true`: the target of this person. Null if the person has none."),
    attainedPct: text("With `target: true`: the value as a percentage of `target`, one decimal.")
  },
  TargetPoint: { bucket: { format: "date", description: "First local day of the bucket." } }
}
