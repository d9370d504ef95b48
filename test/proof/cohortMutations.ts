import type { Mutation } from "./mutations.ts"

/** These faults count leads wrongly in cohorts. */
export const cohortMutations: ReadonlyArray<Mutation> = [
  {
    name: "SQL counts the history of a lead outside the scope in a cohort",
    file: "src/query/handwritten/leadSpells.ts",
    find: "AND s.lead_id = r.lead_id",
    replace: "AND s.lead_id >= r.lead_id",
    tests: ["query/cohorts"]
  },
  {
    name: "memory counts the leads of other people in a cohort",
    file: "src/query/handwritten/leadSpells.ts",
    find: "|| !counted.has(lead) ?",
    replace: "|| (!counted.has(lead) && lead.organizationId !== organizationId) ?",
    tests: ["query/cohorts"]
  },
  {
    name: "a cohort counts clients without a history by their current status",
    file: "src/query/handwritten/cohorts.ts",
    find: "const became = spells.some(",
    replace: "const became = lead.status === \"client\" || spells.some(",
    tests: ["query/cohorts"]
  },
  {
    name: "SQL counts a client in a cohort whatever the number of days",
    file: "src/query/handwritten/cohorts.ts",
    find: "s.status = 'client' AND s.started_at <= ${inTime}",
    replace: "s.status = 'client' OR s.started_at > ${inTime}",
    tests: ["query/cohorts"]
  },
  {
    name: "memory counts a client in a cohort a moment after the last day",
    file: "src/query/handwritten/cohorts.ts",
    find: "startedAt <= last)",
    replace: "startedAt <= last + 1)",
    tests: ["query/cohorts"]
  },
  {
    name: "a cohort counts leads without a status history",
    file: "src/query/handwritten/cohorts.ts",
    find: "denominator: spells.length > 0 ? 1n : 0n",
    replace: "denominator: 1n",
    tests: ["query/cohorts"]
  },
  {
    name: "the records of a cohort include leads without a status history",
    file: "src/query/handwritten/cohorts.ts",
    find: "\"WHERE f.has_spells\"\n  )\n}",
    replace: "\"\"\n  )\n}",
    tests: ["query/cohorts"]
  },
  {
    name: "widgets with different numbers of days get the numbers of the first one",
    file: "src/query/Plan.ts",
    find: "    within,\n    targets,",
    replace: "    targets,",
    tests: ["query/cohorts"]
  },
  {
    name: "a cohort is complete although its last lead has days left",
    file: "src/domain/Buckets.ts",
    find: "span.to + within * dayMillis > asOf",
    replace: "span.from + within * dayMillis > asOf",
    tests: ["query/cohorts"]
  },
  {
    name: "numbers with different numbers of days are compared",
    file: "src/query/series/compare.ts",
    find: "differ(from.meta.within, to.meta.within)",
    replace: "differ(from.meta.within, from.meta.within)",
    tests: ["services/reports/comparing"]
  },
  {
    name: "records have the coverage of no rows",
    file: "src/query/series/pointOf.ts",
    find: " || hasCoverage(plan)",
    replace: "",
    tests: ["query/cohorts", "query/funnel"]
  },
  {
    name: "a report with a wrong number of days is saved",
    file: "src/services/access/Catalog.ts",
    find: "!days.includes(within)",
    replace: "days.length === 0",
    tests: ["query/cohorts"]
  }
]
