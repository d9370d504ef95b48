import type { Mutation } from "./mutations.ts"

/** These faults read a request in another way than the client meant. */
export const requestMutations: ReadonlyArray<Mutation> = [
  {
    name: "the name of an ignored filter may be one that cannot be stored",
    file: "src/query/Filters.ts",
    find: "if (isStorable(key)) ignored.push(key)",
    replace: "ignored.push(key)",
    tests: ["query/filters"]
  },
  {
    name: "filters that are not an object count as no filters",
    file: "src/query/Filters.ts",
    find: "return { applied: [], ignored: [], invalid: true }",
    replace: "return { applied: [], ignored: [] }",
    tests: ["http/oddFilters"]
  },
  {
    name: "a widget with invalid filters says so, but counts all rows",
    file: "src/query/Plan.ts",
    find: "isEmptyScope(plan.scope) || plan.filters.invalid === true ||",
    replace: "isEmptyScope(plan.scope) ||",
    tests: ["http/oddFilters"]
  },
  {
    name: "a widget with invalid filters shares the result of a widget without filters",
    file: "src/query/Plan.ts",
    find: "    filters.ignored,\n    filters.invalid\n",
    replace: "    filters.ignored\n",
    tests: ["http/oddFilters"]
  },
  {
    name: "a saved widget with invalid filters has no filters in a run",
    file: "src/domain/Layout.ts",
    find: "...(filters !== undefined && { filters })",
    replace: "...(typeof filters === \"object\" && { filters })",
    tests: ["http/oddFilters"]
  },
  {
    name: "an admin's selection of people is ignored",
    file: "src/domain/lenient.ts",
    find: "ignored ? withoutSelection(value) : value",
    replace: "withoutSelection(ignored ? value : value)",
    tests: ["services/run/savedRun"]
  },
  {
    name: "a member's selection of people is checked",
    file: "src/domain/lenient.ts",
    find: "role === \"member\"",
    replace: "role === \"admin\"",
    tests: ["http/lenientRequests"]
  },
  {
    name: "a null in a saved widget is not absent",
    file: "src/domain/Layout.ts",
    find: "clean(layout).widgets",
    replace: "layout.widgets",
    tests: ["http/lenientRequests"]
  },
  {
    name: "an empty update of a report makes a new version",
    file: "src/domain/Report.ts",
    find: "Object.values(change).every((value) => value === undefined)",
    replace: "change.title === \"\"",
    tests: ["http/createdAndChanged"]
  },
  {
    name: "null in the saved people of a report ends its runs",
    file: "src/domain/DefaultView.ts",
    find: "defaultPeople !== null && cleanPeople(defaultPeople)",
    replace: "defaultPeople",
    tests: ["http/lenientRequests"]
  },
  {
    name: "the log has the signature of a link in upper case",
    file: "src/http/middleware/pipeline.ts",
    find: "if (secretStart.test(url)) return",
    replace: "if (url.startsWith(\"/unsubscribe/\")) return",
    tests: ["http/unsubscribe"]
  }
]
