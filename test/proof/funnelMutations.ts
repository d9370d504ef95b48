import type { Mutation } from "./mutations.ts"

/** These faults count leads wrongly in the funnel. */
export const funnelMutations: ReadonlyArray<Mutation> = [
  {
    name: "SQL counts a step of the funnel that a lead outside the scope reached",
    file: "src/query/handwritten/leadSpells.ts",
    find: "AND s.lead_id = r.lead_id",
    replace: "AND s.lead_id >= r.lead_id",
    tests: ["query/funnel"]
  },
  {
    name: "memory counts leads outside the scope in the funnel",
    file: "src/query/handwritten/leadSpells.ts",
    find: "|| !counted.has(lead) ?",
    replace: "|| (!counted.has(lead) && lead.organizationId !== organizationId) ?",
    tests: ["query/funnel"]
  },
  {
    name: "SQL does not count a lead in a step of the funnel that it skipped",
    file: "src/query/handwritten/funnel.ts",
    find: "listed(funnelSteps.slice(funnelSteps.indexOf(step)))",
    replace: "listed(funnelSteps.slice(funnelSteps.indexOf(step)).slice(0, 1))",
    tests: ["query/funnel"]
  },
  {
    name: "memory does not count a lead in a step of the funnel that it skipped",
    file: "src/query/handwritten/funnel.ts",
    find: "...steps.slice(0, Math.max(0, last) + 1),",
    replace: "...steps.filter((_, step) => step === 0 || step === last),",
    tests: ["query/funnel"]
  },
  {
    name: "the share of the step before is that of the first step",
    file: "src/query/series/category.ts",
    find: "ofPrevious: shareOf(index - 1)",
    replace: "ofPrevious: shareOf(0)",
    tests: ["query/funnel"]
  },
  {
    name: "a step of the funnel that begins after now is reached",
    file: "src/query/handwritten/leadSpells.ts",
    find: "AND s.started_at <= ${params.instant(({ asOf }) => asOf)}",
    replace: "AND s.started_at <= ${params.instant(({ asOf }) => asOf + 1)}",
    tests: ["query/funnel"]
  },
  {
    name: "the records of a funnel's step are all its leads",
    file: "src/query/handwritten/funnel.ts",
    find: "chosen === undefined ? condition",
    replace: "chosen !== \"\" ? condition",
    tests: ["query/funnel"]
  },
  {
    name: "a step after a step of 0 is no step",
    file: "src/presentation/funnelDrawing.ts",
    find: "\"ofFirst\" in point && typeof point.ofFirst === \"number\"",
    replace: "\"ofPrevious\" in point && typeof point.ofPrevious === \"number\"",
    tests: ["presentation/funnel"]
  }
]
