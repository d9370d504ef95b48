import type { Mutation } from "./mutations.ts"

/** These faults count deals of a forecast twice or not at all, or with wrong weights. */
export const forecastMutations: ReadonlyArray<Mutation> = [
  {
    name: "a run reads the weights of other organizations",
    file: "src/services/goals/sql.ts",
    find:
      "queryWeights(sql`\n        SELECT w.weights FROM crm_report_stage_weights w WHERE w.organization_id = ${organizationId}",
    replace:
      "queryWeights(sql`\n        SELECT w.weights FROM crm_report_stage_weights w WHERE w.organization_id <> ''",
    tests: ["query/sql/tenantSql", "services/goals/goals"]
  },
  {
    name: "the deals without a date are those of somebody outside the scope, too",
    file: "src/query/series/openDeals.ts",
    find: "...overdue,\n      groupBy",
    replace:
      "...overdue,\n      scope: { ...plan.scope, people: [...plan.scope.people, { userId: \"user_2\" as never, name: \"\", hasLeft: false }] },\n      groupBy",
    tests: ["services/access/interference"]
  },
  {
    name: "the deals without a date ignore the filters",
    file: "src/query/series/openDeals.ts",
    find: "...overdue,\n      groupBy",
    replace: "...overdue,\n      filters: { ...plan.filters, applied: [] },\n      groupBy",
    tests: ["query/forecastTimeframes"]
  },
  {
    name: "a deal that is expected today is overdue",
    file: "src/query/Plan.ts",
    find: "asOf, today }: Pick<Plan, \"asOf\" | \"today\">): Instant => today ?? asOf",
    replace: "asOf }: Pick<Plan, \"asOf\" | \"today\">): Instant => asOf",
    tests: ["query/forecast"]
  },
  {
    name: "overdue deals are also in the month in which they were expected",
    file: "src/metrics/forecast.ts",
    find: "where: all(open, not(past(deals.expectedCloseAt))),",
    replace: "where: open,",
    tests: ["query/forecastTimeframes"]
  },
  {
    name: "the deals of a window decide its currency",
    file: "src/query/series/openDeals.ts",
    find: "totalsOf(needsOpenDeals(plan) ? open : current)",
    replace: "totalsOf(needsOpenDeals(plan) && open.length < 0 ? open : current)",
    tests: ["query/forecastTimeframes"]
  },
  {
    name: "deals after the last bucket of `all_time` are lost",
    file: "src/query/series/shape.ts",
    find: "bucket === 0 || bucket > plan.buckets.length",
    replace: "bucket === 0",
    tests: ["query/forecastTimeframes"]
  },
  {
    name: "SQL rounds the sum of weighted deals",
    file: "src/query/sql/measure.ts",
    find: "`round(${cell(field)} * (${weights})[array_position(${stages}, ${cell(by)})] * 0.01)`",
    replace: "`${cell(field)} * (${weights})[array_position(${stages}, ${cell(by)})] * 0.01`",
    tests: ["query/forecast"]
  },
  {
    name: "a replica cuts weighted deals to the cent",
    file: "src/columnStore/Tally.ts",
    find: "2 * Math.abs(rest) * weight + whole",
    replace: "2 * Math.abs(rest) * weight",
    tests: ["query/forecast"]
  },
  {
    name: "stages without a weight count in full",
    file: "src/query/series/openDeals.ts",
    find: "if (metric.measure._tag === \"Weighted\") return [...weights?.keys() ?? []]",
    replace: "if (metric.measure._tag === \"Weighted\") return weights === undefined ? [] : undefined",
    tests: ["query/forecast", "services/run/forecast"]
  },
  {
    name: "without weights, the weighted pipeline is 0",
    file: "src/services/run/goalsFor.ts",
    find: "weights === undefined || weights.size === 0 ?",
    replace: "weights === undefined ?",
    tests: ["services/run/forecast"]
  },
  {
    name: "the list of deals without a date takes any series",
    file: "src/query/series/pointOf.ts",
    find: "category === undefined && period !== \"previous\" && series === onlySeries",
    replace: "category !== \"\" || period !== \"previous\" || series === onlySeries",
    tests: ["services/run/forecast"]
  },
  {
    name: "every metric takes the presets after now",
    file: "src/domain/Window.ts",
    find: "if (today === undefined && aheadPresets.has(preset))",
    replace: "if (today === undefined && aheadPresets.has(`${preset} of others`))",
    tests: ["query/forecastTimeframes"]
  },
  {
    name: "a report's draft has a timeframe after now",
    file: "src/design/draftOf.ts",
    find: "ofReport: isAhead ? defaultTimeframe : timeframe",
    replace: "ofReport: timeframe",
    tests: ["services/design/design"]
  }
]
