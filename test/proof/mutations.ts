import { gateMutations } from "./gateMutations.ts"
import { replicaMutations } from "./replicaMutations.ts"

/** A fault, planted in a copy of the tree, and the tests of which one must fail for it. */
export interface Mutation {
  readonly name: string
  readonly file: string
  /** Occurs exactly once in the file. */
  readonly find: string
  readonly replace: string
  readonly tests: ReadonlyArray<string>
}

const numberMutations: ReadonlyArray<Mutation> = [
  {
    name: "SQL takes the end of a window for a part of it",
    file: "src/query/sql/aggregate.ts",
    find: "`${at} < ${params.instant(lastBoundary)}`",
    replace: "`${at} <= ${params.instant(lastBoundary)}`",
    tests: ["agreement"]
  },
  {
    name: "what happens after now is counted",
    file: "src/domain/Window.ts",
    find: "const countedTo = Math.min(to, asOf + 1)",
    replace: "const countedTo = to",
    tests: ["timeframe", "buckets"]
  },
  {
    name: "the zone is ignored",
    file: "src/domain/Calendar.ts",
    find: ".toZonedDateTime({ timeZone: zone })",
    replace: ".toZonedDateTime({ timeZone: zone === \"\" ? zone : \"UTC\" })",
    tests: ["timeframe", "buckets"]
  },
  {
    name: "the window before is not cut",
    file: "src/domain/Window.ts",
    find: "countedTo === to ? from : Math.min(from, before + Math.max(0, countedTo - from))",
    replace: "Math.max(before, from)",
    tests: ["timeframe"]
  },
  {
    name: "the second of three buckets is taken for a gap",
    file: "src/query/bucketOf.ts",
    find: "bucket === gapBucket",
    replace: "(boundaries.length === 4 && bucket === 2)",
    tests: ["metrics", "invariants"]
  },
  {
    name: "any of the filters is enough",
    file: "src/query/memory/rows.ts",
    find: "plan.filters.applied.every((filter) => passes(filter, row))",
    replace: "(plan.filters.applied.length === 0 || plan.filters.applied.some((filter) => passes(filter, row)))",
    tests: ["filters", "agreement"]
  },
  {
    name: "~none is dropped from the filters",
    file: "src/query/Filters.ts",
    find: "field.kind === \"text\" && list.includes(none)",
    replace: "field.kind !== \"text\" && list.includes(none)",
    tests: ["filters"]
  },
  {
    name: "a lead counts twice for a tag that it carries twice",
    file: "src/query/sql/unnest.ts",
    find: "(SELECT DISTINCT id FROM unnest(c.list) AS id)",
    replace: "(SELECT id FROM unnest(c.list) AS id)",
    tests: ["agreement"]
  },
  {
    name: "who owns a row and is assigned to it has it twice",
    file: "src/query/sql/unnest.ts",
    find: " AND id IS DISTINCT FROM ${cell(owner)}",
    replace: "",
    tests: ["agreement"]
  },
  {
    name: "the window before begins with this one",
    file: "src/query/sql/aggregate.ts",
    find: "plan.boundaries[bucket + offset]",
    replace: "plan.boundaries[Math.max(bucket, plan.current) + offset]",
    tests: ["agreement"]
  },
  {
    name: "widgets that differ in their filters are one",
    file: "src/query/Plan.ts",
    find: "filters.applied.map((filter: Filter) => [filter.key, filter.values, filter.orNone]),",
    replace: "filters.applied.map((filter: Filter) => filter.key === \"\"),",
    tests: ["batch"]
  },
  {
    name: "other currencies are added",
    file: "src/query/series/currency.ts",
    find: "rows.filter((row) => row.currency === currency)",
    replace: "rows.filter((row) => row.currency !== \"\")",
    tests: ["currency"]
  },
  {
    name: "shown values are rounded toward zero",
    file: "src/query/series/values.ts",
    find: "(2n * absolute(value) + absolute(by)) / (2n * absolute(by))",
    replace: "absolute(value) / absolute(by)",
    tests: ["shape"]
  },
  {
    name: "half a cent of commission is dropped",
    file: "src/query/handwritten/commission.ts",
    find: "divide(whole * (percent ?? 0n), wholePercent)",
    replace: "whole * (percent ?? 0n) / wholePercent",
    tests: ["commission"]
  },
  {
    name: "SQL pays a deal's shares to everybody",
    file: "src/query/handwritten/commission.ts",
    find: " AND s.party = ${literal(party)}",
    replace: "",
    tests: ["agreement"]
  },
  {
    name: "SQL takes a mail before the first one for its answer",
    file: "src/query/handwritten/replyRate.ts",
    find: "\"r.sent_at > f.first_at\", ",
    replace: "",
    tests: ["agreement"]
  },
  {
    name: "a stay is not clipped to the window",
    file: "src/query/handwritten/timeInStatus.ts",
    find: "Math.max(spell.startedAt, from ?? spell.startedAt)",
    replace: "Math.min(spell.startedAt, from ?? spell.startedAt)",
    tests: ["metrics"]
  },
  {
    name: "a statement is taken for another form's",
    file: "src/query/sql/StatementShape.ts",
    find: ",${hasOneValue},${orNone}`",
    replace: ",${hasOneValue}`",
    tests: ["goldenSql"]
  },
  {
    name: "who has left is shown without a row",
    file: "src/query/series/leaderboard.ts",
    find: "!(hasLeft || omitsZero)",
    replace: "!(hasLeft && omitsZero)",
    tests: ["ranking"]
  }
]

export const mutations: ReadonlyArray<Mutation> = [...gateMutations, ...numberMutations, ...replicaMutations]
