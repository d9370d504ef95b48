import type { Mutation } from "./mutations.ts"

/** With these faults, a draft reveals too much, or the limits of drafts by the model do not hold. */
export const designMutations: ReadonlyArray<Mutation> = [
  {
    name: "a member's wish is searched in the catalog of an admin",
    file: "src/services/design/Designer.ts",
    find: "metricIndex(catalog.entriesFor(caller))",
    replace: "metricIndex(catalog.entriesFor({ ...caller, role: \"admin\" as const }))",
    tests: ["services/design/designWishes"]
  },
  {
    name: "a member's draft by the model may have admin-only metrics",
    file: "src/services/design/Designer.ts",
    find: "const entries = catalog.entriesFor(caller, locale)",
    replace: "const entries = catalog.entriesFor({ ...caller, role: \"admin\" as const }, locale)",
    tests: ["services/design/designGate"]
  },
  {
    name: "the model gets the names of filters that an admin sees",
    file: "src/services/design/Designer.ts",
    find: "options.of(caller)",
    replace: "options.of({ ...caller, role: \"admin\" as const })",
    tests: ["services/design/designGate"]
  },
  {
    name: "a draft of the model is not validated",
    file: "src/services/design/Designer.ts",
    find: "faultsOf(caller, designed(found).draft)",
    replace: "Effect.map(faultsOf(caller, designed(found).draft), () => [])",
    tests: ["services/design/designModel"]
  },
  {
    name: "the ids of tags are sent to the model",
    file: "src/design/proposal.ts",
    find: "JSON.stringify(list.map(({ name }) => name))",
    replace: "JSON.stringify(list)",
    tests: ["services/design/designGate"]
  },
  {
    name: "a wish with a negated name gets a filter by this name",
    file: "src/design/filtersOf.ts",
    find: "if (exclusion === undefined) {",
    replace: "if (exclusion === undefined || excluded.length === 0) {",
    tests: ["services/design/design"]
  },
  {
    name: "a wish with a name and then ausgenommen gets a filter by this name",
    file: "src/design/exclusions.ts",
    find: "return later && { word: later, isAfter: true }",
    replace: "return undefined",
    tests: ["services/design/design"]
  },
  {
    name: "a wish for all sources but a name gets a filter by this name",
    file: "src/design/exclusions.ts",
    find: "isException(index) || (",
    replace: "(",
    tests: ["services/design/design"]
  },
  {
    name: "a wish with isn't and a name gets a filter by this name",
    file: "src/design/words.ts",
    find: "/['’]/.test(part) ? \"not\" : fold(part)",
    replace: "fold(part)",
    tests: ["services/design/design"]
  },
  {
    name: "a word that changes nothing in a draft is not listed",
    file: "src/design/answers.ts",
    find: "!(isInDraft && isUsed(word, matches))",
    replace: "!isInDraft",
    tests: ["services/design/designAnswers"]
  },
  {
    name: "a subject that a wish excludes is in the draft",
    file: "src/design/search.ts",
    find: "at >= maxClauses || clause.isNegated",
    replace: "at >= maxClauses",
    tests: ["services/design/designAnswers"]
  },
  {
    name: "an unknown measure gets a metric that has only its second word",
    file: "src/design/cardsFor.ts",
    find: "if (unknownMeasure(words, matches)) return []",
    replace: "",
    tests: ["services/design/designAnswers"]
  },
  {
    name: "a wish to delete data gets a draft",
    file: "src/design/search.ts",
    find: "if (isOrder(said)) {",
    replace: "if (isOrder(said.slice(1))) {",
    tests: ["services/design/designAnswers"]
  },
  {
    name: "the last 18 months are 19 months",
    file: "src/design/spans.ts",
    find: "day, weekStart), 1 - count)",
    replace: "day, weekStart), -count)",
    tests: ["services/design/timeframeWords"]
  },
  {
    name: "March and May are a timeframe with April",
    file: "src/design/dates.ts",
    find: "span === undefined || span.to + 1 < first.from",
    replace: "span === undefined",
    tests: ["services/design/timeframeWords"]
  },
  {
    name: "rows of nobody are everybody's without a note",
    file: "src/design/search.ts",
    find: "concepts.includes(\"unassigned\")",
    replace: "concepts.includes(\"nobody\")",
    tests: ["services/design/timeframeWords"]
  },
  {
    name: "another timeframe than the wish has is not reported",
    file: "src/design/spans.ts",
    find: "...(exact === undefined && { replaced: text })",
    replace: "",
    tests: ["services/design/design"]
  },
  {
    name: "the timeframe of a second subject is lacking without being told",
    file: "src/design/scopes.ts",
    find: "parts.flatMap((part) => {",
    replace: "parts.slice(0, 1).flatMap((part) => {",
    tests: ["services/design/designReadings"]
  },
  {
    name: "the model may repair its answer four times instead of twice",
    file: "src/services/design/DesignModel.ts",
    find: "const maxRepairs = 2",
    replace: "const maxRepairs = 4",
    tests: ["services/design/designModel"]
  },
  {
    name: "a wish is sent to the host that the model redirects to",
    file: "src/services/design/chatModel.ts",
    find: "redirect: \"error\"",
    replace: "redirect: \"follow\"",
    tests: ["services/design/designModel"]
  },
  {
    name: "a person may ask the model for several drafts at the same time",
    file: "src/services/design/modelLimits.ts",
    find: "running.has(person) ||",
    replace: "",
    tests: ["services/design/designModelLimits"]
  },
  {
    name: "an organization may have ten times as many drafts by the model as its limit",
    file: "src/services/design/modelLimits.ts",
    find: "limit: draftsPerDay",
    replace: "limit: draftsPerDay * 10",
    tests: ["services/design/designModelLimits"]
  },
  {
    name: "a draft above the daily limit resets the count of failures to reach the model",
    file: "src/services/design/modelLimits.ts",
    find: " || error.reason === \"spent\"",
    replace: "",
    tests: ["services/design/designModelLimits"]
  },
  {
    name: "invalid answers of the model count as failures to reach it",
    file: "src/services/design/modelLimits.ts",
    find: "isOutage(error) ? CircuitBreaker.failure() : CircuitBreaker.success",
    replace: "CircuitBreaker.failure()",
    tests: ["services/design/designModelLimits"]
  },
  {
    name: "the service reads 1 MiB of the model's answer instead of 128 KiB",
    file: "src/services/design/chatModel.ts",
    find: "const maxAnswerBytes = 128 * 1024",
    replace: "const maxAnswerBytes = 1024 * 1024",
    tests: ["services/design/designModel"]
  },
  {
    name: "the ids of a trace are sent to other systems",
    file: "src/telemetry/untracedClient.ts",
    find: "TracerPropagationEnabled, false",
    replace: "TracerPropagationEnabled, true",
    tests: ["services/design/designGate", "services/keys/clerkKeys", "http/signingKeys"]
  },
  {
    name: "after the wall clock was set back, no request is sent to a model that failed before",
    file: "src/services/design/modelLimits.ts",
    find: "byMonotonicClock(circuit.execute(limited, { key: \"model\", classify }))",
    replace: "circuit.execute(limited, { key: \"model\", classify })",
    tests: ["services/design/designModelLimits"]
  }
]
