import type { Mutation } from "./mutations.ts"

/** With these faults, a view does not say the same everywhere, or shows a member the people of an admin. */
export const viewMutations: ReadonlyArray<Mutation> = [
  {
    name: "the filters of a widget replace those of the view",
    file: "src/services/run/widgets.ts",
    find: "bothOf(filtersOf(metric, widget.filters), filtersOf(metric, request.filters))",
    replace:
      "widget.filters === undefined ? filtersOf(metric, request.filters) : bothOf(filtersOf(metric, widget.filters), filtersOf(metric, {}))",
    tests: ["services/run/view"]
  },
  {
    name: "two filters by the same key pass the values of either",
    file: "src/query/Filters.ts",
    find: "one.values.filter((value) => others.has(value))",
    replace: "[...one.values, ...other.values.filter((value) => others.has(value))]",
    tests: ["query/filters"]
  },
  {
    name: "two filters by tag pass only leads with a tag that both have",
    file: "src/query/Filters.ts",
    find: "one.field.kind === \"text\" ||",
    replace: "one.field.kind !== undefined ||",
    tests: ["query/filters"]
  },
  {
    name: "a ranking compares each person with everybody of the previous window",
    file: "src/query/series/shape.ts",
    find: "sumOf(earlier.get(key) ?? [])",
    replace: "sumOf(earlier.get(key) === undefined ? [] : [...earlier.values()].flat())",
    tests: ["query/comparedRows"]
  },
  {
    name: "a row is compared with the row of another group",
    file: "src/query/series/category.ts",
    find: "earlier[index]?.rows",
    replace: "earlier.at(index - 1)?.rows",
    tests: ["query/comparedRows"]
  },
  {
    name: "a table has the change of the next row",
    file: "src/presentation/changeOf.ts",
    find: "statOf(series.points[row])",
    replace: "statOf(series.points[row + 1])",
    tests: ["documents/comparedRows"]
  },
  {
    name: "a legend has the change of the next slice",
    file: "src/presentation/pieLegend.ts",
    find: "style: { ...words, text: texts[index] ?? \"\"",
    replace: "style: { ...words, text: texts[column < columns.length - 1 ? index : (index + 1) % texts.length] ?? \"\"",
    tests: ["documents/comparedRows"]
  },
  {
    name: "the rows of a funnel are compared with the window before",
    file: "src/services/run/widgets.ts",
    find: "&& isComparable(metric)",
    replace: "&& (isComparable(metric) || metric.shape === \"category\")",
    tests: ["query/comparedRows"]
  },
  {
    name: "the comparison of a view is ignored",
    file: "src/services/run/widgets.ts",
    find: "comparePrevious || isCompared",
    replace: "comparePrevious",
    tests: ["services/run/view"]
  },
  {
    name: "a run of a saved report ignores the filters of the view",
    file: "src/domain/DefaultView.ts",
    find: "...(filters !== null && { filters }),",
    replace: "...(filters === defaultFilters && filters !== null && { filters }),",
    tests: ["services/run/view"]
  },
  {
    name: "a file by its address ignores the filters of the view",
    file: "src/domain/Export.ts",
    find: "...(filters !== undefined && { filters: JSON.parse(filters) }),",
    replace: "",
    tests: ["services/run/view"]
  },
  {
    name: "a snapshot does not keep its view",
    file: "src/services/reports/SnapshotRepo/sql.ts",
    find: "${JSON.stringify(frozen.view)}::json",
    replace: "${JSON.stringify(null)}::json",
    tests: ["services/reports/repos"]
  },
  {
    name: "a comparison with now ignores the filters of the snapshot",
    file: "src/services/reports/Comparing.ts",
    find: "  ...view,\n",
    replace: "  ...(view === null ? view : {}),\n",
    tests: ["services/run/view"]
  },
  {
    name: "a member sees the default people of a report",
    file: "src/domain/Caller.ts",
    find: "role === \"admin\" ? report.defaultPeople : null",
    replace: "report.defaultPeople",
    tests: ["services/reports/defaultView", "services/reports/repos"]
  },
  {
    name: "a member sets the default people of a report",
    file: "src/domain/DefaultView.ts",
    find: "caller.role === \"admin\" ? change.defaultPeople : undefined",
    replace: "caller.role !== undefined ? change.defaultPeople : undefined",
    tests: ["services/reports/defaultView"]
  },
  {
    name: "default people count although the request names people",
    file: "src/domain/DefaultView.ts",
    find: "assigneeIds === undefined && everyone === undefined && defaultPeople",
    replace: "everyone !== true && defaultPeople",
    tests: ["services/reports/defaultView"]
  },
  {
    name: "a cursor is valid for other filters of the view",
    file: "src/services/run/RecordCursor.ts",
    find: "part: _part, ...asked }",
    replace: "part: _part, filters: _filters, ...asked }",
    tests: ["http/recordCursors"]
  }
]
