import type { Mutation } from "./mutations.ts"

/** With these faults, a draft has another filter or timeframe than the wish, or its search takes seconds. */
export const wishMutations: ReadonlyArray<Mutation> = [
  {
    name: "a wish is read again for each name in it",
    file: "src/design/scopes.ts",
    find: "words.indexOf(word) > first",
    replace: "words.indexOf(word) > firstOfMeasure(words, known)",
    tests: ["services/design/designReadings"]
  },
  {
    name: "with a tag without a word, a wish without a source gets a filter by it",
    file: "src/design/filtersOf.ts",
    find: "folded !== \"\")",
    replace: "folded !== \"-\")",
    tests: ["services/design/namesInWishes"]
  },
  {
    name: "a tag named like a date takes the timeframe of a wish",
    file: "src/design/filtersOf.ts",
    find: " || date.test(folded)",
    replace: "",
    tests: ["services/design/namesInWishes"]
  },
  {
    name: "in tagged VIP and 2026, the tag 2026 is a timeframe",
    file: "src/design/filtersOf.ts",
    find: "(isListed(start) || isExcluded(start))",
    replace: "isExcluded(start)",
    tests: ["services/design/namesInWishes"]
  },
  {
    name: "from 1 May until today is only 1 May",
    file: "src/design/dates.ts",
    find: "(?:${untilNow}|${onwards})",
    replace: "${onwards}",
    tests: ["services/design/timeframeWords"]
  },
  {
    name: "calls from May on leads is everything since May",
    file: "src/design/dates.ts",
    find: "open !== undefined && isAlone === true && !standsAlone(words, open.rest)",
    replace: "open === undefined",
    tests: ["services/design/timeframeWords"]
  },
  {
    name: "until yesterday is only yesterday",
    file: "src/design/timeframeOf.ts",
    find: "map(lastOf), yesterday, now]",
    replace: "map(lastOf), now]",
    tests: ["services/design/timeframeWords"]
  },
  {
    name: "this year up to now is only up to now",
    file: "src/design/timeframeOf.ts",
    find: "const inner = namedIn(open.rest)",
    replace: "const inner = namedIn([])",
    tests: ["services/design/timeframeWords"]
  },
  {
    name: "a draft has a timeframe of more than 1,000 buckets",
    file: "src/design/timeframeOf.ts",
    find: "maxBuckets) > last",
    replace: "2 * maxBuckets) > last",
    tests: ["services/design/timeframeWords"]
  },
  {
    name: "a model may not filter deals by the tag of the lead",
    file: "src/design/proposal.ts",
    find: "filterNames(field).some((one) => filters.includes(one))",
    replace: "filters.includes(field)",
    tests: ["services/design/designModel"]
  }
]
