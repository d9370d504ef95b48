import type { Mutation } from "./mutations.ts"

/** With these faults, a number is wrong. */
export const numberMutations: ReadonlyArray<Mutation> = [
  {
    name: "SQL includes the end of a window",
    file: "src/query/sql/aggregate.ts",
    find: "`${at} < ${params.instant(lastBoundary)}`",
    replace: "`${at} <= ${params.instant(lastBoundary)}`",
    tests: ["query/agreement"]
  },
  {
    name: "rows dated after the current time are counted",
    file: "src/domain/Window.ts",
    find: "const countedTo = Math.min(to, asOf + 1)",
    replace: "const countedTo = to",
    tests: ["domain/timeframe", "query/buckets"]
  },
  {
    name: "the time zone is ignored",
    file: "src/domain/Calendar.ts",
    find: ".toZonedDateTime({ timeZone: zone })",
    replace: ".toZonedDateTime({ timeZone: zone === \"\" ? zone : \"UTC\" })",
    tests: ["domain/timeframe", "query/buckets"]
  },
  {
    name: "the previous window is not cut to the length of the current one",
    file: "src/domain/Window.ts",
    find: "countedTo === to ? from : Math.min(from, before + Math.max(0, countedTo - from))",
    replace: "Math.max(before, from)",
    tests: ["domain/timeframe"]
  },
  {
    name: "the second of three buckets is treated as the gap",
    file: "src/query/definitions.ts",
    find: "bucket === gapBucket",
    replace: "(boundaries.length === 4 && bucket === 2)",
    tests: ["metrics/metrics", "query/invariants"]
  },
  {
    name: "filters are combined by OR",
    file: "src/query/memory/rows.ts",
    find: "plan.filters.applied.every((filter) => passes(filter, row))",
    replace: "(plan.filters.applied.length === 0 || plan.filters.applied.some((filter) => passes(filter, row)))",
    tests: ["query/filters", "query/agreement"]
  },
  {
    name: "filters ignore ~none",
    file: "src/query/Filters.ts",
    find: "field.kind === \"text\" && list.includes(none)",
    replace: "field.kind !== \"text\" && list.includes(none)",
    tests: ["query/filters"]
  },
  {
    name: "a lead counts twice for a repeated tag",
    file: "src/query/sql/compileRowByRow.ts",
    find: "(SELECT DISTINCT id FROM unnest(c.list) AS id)",
    replace: "(SELECT id FROM unnest(c.list) AS id)",
    tests: ["query/agreement"]
  },
  {
    name: "a row counts twice for an owner who is also an assignee",
    file: "src/query/sql/compileRowByRow.ts",
    find: " AND id IS DISTINCT FROM ${cell(owner)}",
    replace: "",
    tests: ["query/agreement"]
  },
  {
    name: "the previous window begins where the current window begins",
    file: "src/query/sql/aggregate.ts",
    find: "plan.boundaries[bucket + offset]",
    replace: "plan.boundaries[Math.max(bucket, plan.current) + offset]",
    tests: ["query/agreement"]
  },
  {
    name: "widgets with different filters get the same numbers",
    file: "src/query/Plan.ts",
    find: "filters.applied.map((filter: Filter) => [filter.key, filter.values, filter.orNone]),",
    replace: "filters.applied.map((filter: Filter) => filter.key === \"\"),",
    tests: ["services/run/batch"]
  },
  {
    name: "previous points count the current window",
    file: "src/query/Plan.ts",
    find: "planIn(before)",
    replace: "planIn(before.from === null ? before : window)",
    tests: ["query/comparePrevious", "query/invariants"]
  },
  {
    name: "a widget with a comparison gets the series of a widget without one",
    file: "src/query/Plan.ts",
    find: "comparison !== null,",
    replace: "comparison === null || comparison !== null,",
    tests: ["services/run/batch"]
  },
  {
    name: "previous points add amounts of other currencies",
    file: "src/query/series/shape.ts",
    find: "inCurrency(before, money.currency)",
    replace: "inCurrency(before, money.currency === \"\" ? \"\" : undefined)",
    tests: ["query/comparePrevious", "query/comparedRows"]
  },
  {
    name: "previous points leave out a group of ~other",
    file: "src/query/series/groups.ts",
    find: "group.key === other ? rest",
    replace: "group.key === other ? rest.slice(1)",
    tests: ["query/comparePrevious"]
  },
  {
    name: "a split leaves out the groups that have rows only in the previous window",
    file: "src/query/series/timeseries.ts",
    find: ", ...added.map((group) => ({ ...group, rows: [] }))",
    replace: "",
    tests: ["query/comparePrevious", "query/invariants"]
  },
  {
    name: "amounts of other currencies are added",
    file: "src/query/series/openDeals.ts",
    find: "rows.filter((row) => row.currency === currency)",
    replace: "rows.filter((row) => row.currency !== \"\")",
    tests: ["metrics/currency"]
  },
  {
    name: "shown values are rounded toward zero",
    file: "src/query/definitions.ts",
    find: "(2n * absolute(value) + absolute(by)) / (2n * absolute(by))",
    replace: "absolute(value) / absolute(by)",
    tests: ["query/shape"]
  },
  {
    name: "commission is truncated to the cent",
    file: "src/query/definitions.ts",
    find: "divide(whole * (percent ?? 0n), wholePercent)",
    replace: "whole * (percent ?? 0n) / wholePercent",
    tests: ["metrics/commission"]
  },
  {
    name: "SQL pays a share to both parties",
    file: "src/query/handwritten/commission.ts",
    find: " AND s.party = ${literal(party)}",
    replace: "",
    tests: ["query/agreement"]
  },
  {
    name: "SQL counts an earlier mail as the reply",
    file: "src/query/handwritten/replyRate.ts",
    find: "\"r.sent_at > f.first_at\", ",
    replace: "",
    tests: ["query/agreement"],
    seed: 3
  },
  {
    name: "a status spell is not clipped to the window",
    file: "src/query/handwritten/timeInStatus.ts",
    find: "Math.max(spell.startedAt, from ?? spell.startedAt)",
    replace: "Math.min(spell.startedAt, from ?? spell.startedAt)",
    tests: ["metrics/metrics"]
  },
  {
    name: "the cache key of a statement omits a part of its shape",
    file: "src/query/sql/Statement.ts",
    find: ",${hasOneValue},${orNone}`",
    replace: ",${hasOneValue}`",
    tests: ["query/sql/goldenSql"]
  },
  {
    name: "a leaderboard shows a former member who has no rows",
    file: "src/query/series/shape.ts",
    find: "!(hasLeft || omitsZero)",
    replace: "!(hasLeft && omitsZero)",
    tests: ["query/ranking"]
  },
  {
    name: "the local day of one time zone is taken for another",
    file: "src/domain/Calendar.ts",
    find: "localDays.get(zone) ?? localDays.set(zone, ",
    replace: "localDays.get(\"\") ?? localDays.set(\"\", ",
    tests: ["domain/zones"]
  },
  {
    name: "the sums of a cell are added to those of the next cell",
    file: "src/columnStore/aggregateRows.ts",
    find: "for (const sums of lines) clear(sums)",
    replace: "",
    tests: ["columnStore/columnarExecution"]
  },
  {
    name: "a change of a percentage is in percent",
    file: "src/presentation/changeOf.ts",
    find: "unit === \"percent\" ? \"points\" : \"percent\"",
    replace: "unit === \"percent\" ? \"percent\" : \"percent\"",
    tests: ["presentation/oneForm"]
  }
]
