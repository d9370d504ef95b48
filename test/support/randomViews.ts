import { nobody, none } from "../../src/domain/reservedKeys.ts"
import { aheadPresets, presets } from "../../src/domain/Timeframe.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { queryOf, type View } from "../../src/page/report/View.ts"
import { usualBucketOf } from "../../src/presentation/usualBucket.ts"

/** Returns numbers from 0 to below `below`, which follow from the seed. */
const drawer = (seed: number) => {
  let state = seed * 2_654_435_761 % 4_294_967_296
  return (below: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return Math.floor(state / 4_294_967_296 * below)
  }
}

const organizationId = "org_demo"
/** A report is not frozen under a timeframe after now, because most metrics count no expected times. */
const timeframes = presets.filter((preset) => !aheadPresets.has(preset))
const buckets = ["week", "month", "quarter", "year"]

const dayBefore = (now: number, days: number) => new Date(now - days * 24 * 60 * 60_000).toISOString().slice(0, 10)

/**
 * Returns the query of an address of the page for each seed. Most views have a timeframe, and about half of them have
 * people, filters, or the previous period.
 */
export const randomViews = (tables: Tables, now: number): (seed: number) => string => {
  const ofDemo = <Row extends { readonly organizationId: string }>(rows: ReadonlyArray<Row>) =>
    rows.filter((row) => row.organizationId === organizationId)
  const leads = ofDemo(tables.leads)
  const sources = [...new Set(leads.map(({ source }) => source ?? none))]
  const tags = [none, ...ofDemo(tables.tags).map(({ tagId }) => tagId)]
  const people = [nobody, ...ofDemo(tables.members).map(({ userId }) => userId)]
  const filters = Object.entries({
    source: sources,
    status: [...new Set(leads.map(({ status }) => status))],
    tag: tags,
    leadSource: sources,
    leadTag: tags,
    leadType: [...new Set(leads.map(({ leadType }) => leadType ?? none))]
  })
  return (seed) => {
    const draw = drawer(seed)
    const oneOf = (all: ReadonlyArray<string>) => all[draw(all.length)] ?? ""
    const someOf = (all: ReadonlyArray<string>) => [...new Set([oneOf(all), ...all.filter(() => draw(3) === 0)])]
    const timeframe = () => {
      const preset = oneOf(timeframes)
      const bucket = draw(2) === 0 ? usualBucketOf(preset) : oneOf(buckets)
      if (preset !== "custom") return { preset, bucket }
      const last = draw(500)
      return { preset, bucket, from: dayBefore(now, last + draw(75)), to: dayBefore(now, last) }
    }
    const choices: ReadonlyArray<View["people"]> = [undefined, "everyone", "me", someOf(people)]
    const chosen = filters.filter(() => draw(6) === 0).map(([key, all]) => [key, someOf(all)])
    return queryOf({
      ...(draw(4) > 0 && { timeframe: timeframe() }),
      people: choices[draw(choices.length)],
      ...(draw(4) > 0 && { filters: Object.fromEntries(chosen) }),
      comparePrevious: draw(2) === 0
    })
  }
}
