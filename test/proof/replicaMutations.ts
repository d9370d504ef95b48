import type { Mutation } from "./mutations.ts"

/** These faults make a replica differ from the database. */
export const replicaMutations: ReadonlyArray<Mutation> = [
  {
    name: "the column store counts a shared row once per viewer",
    file: "src/columnStore/count.ts",
    find: "walk(counted, order.sharedOf(code), 0, firstAt(viewers, index + 1))",
    replace: "walk(counted, order.sharedOf(code), 0, firstAt(viewers, 0 * index, codes.length))",
    tests: ["query/agreement"],
    seed: 1
  },
  {
    name: "the currency of a shared row counts once per viewer",
    file: "src/columnStore/count.ts",
    find: "walk(once, order.sharedOf(code), group, firstAt(viewers, group + 1))",
    replace: "walk(once, order.sharedOf(code), group)",
    tests: ["query/agreement"],
    seed: 3
  },
  {
    name: "the column store does not put the owner first among the viewers of a row",
    file: "src/columnStore/viewers.ts",
    find: "place(firsts, ownedBy(codes[at - 1] ?? 0), at)",
    replace: "place(firsts, ownedBy(-1), at)",
    tests: ["query/agreement"],
    seed: 3
  },
  {
    name: "the column store shows a row to its owner only",
    file: "src/columnStore/Rows.ts",
    find: "return [ownerCode, ...inOrder(others)]",
    replace: "return [ownerCode]",
    tests: ["query/agreement"]
  },
  {
    name: "the column store counts the gap between the previous and the current window",
    file: "src/columnStore/count.ts",
    find: "if (bucket !== gapBucket && end > start)",
    replace: "if (gapBucket > -2 && end > start)",
    tests: ["query/agreement"]
  },
  {
    name: "the column store does not filter by tag",
    file: "src/columnStore/scan.ts",
    find: "if (isTagged !== undefined) keepTagged(",
    replace: "if (isTagged?.length === 0) keepTagged(",
    tests: ["query/agreement"]
  },
  {
    name: "the column store ignores which times have passed",
    file: "src/columnStore/scan.ts",
    find: "if (instants !== undefined) classifyPast(",
    replace: "if (instants?.length === 0) classifyPast(",
    tests: ["query/agreement"]
  },
  {
    name: "kinds that appear after the first run are not counted",
    file: "src/columnStore/classes.ts",
    find: "if (added.length > 0)",
    replace: "if (ofKind.length === 0)",
    tests: ["columnStore/columnarExecution"]
  },
  {
    name: "the column store adds amounts that floats round",
    file: "src/columnStore/count.ts",
    find: "<= maxTotal",
    replace: "<= 4 * maxTotal",
    tests: ["columnStore/columnarLimits"]
  },
  {
    name: "a plan with too many people and boundaries is counted in memory",
    file: "src/columnStore/count.ts",
    find: "boundaries.length > maxSteps",
    replace: "boundaries.length > 2 * maxSteps",
    tests: ["columnStore/columnarLimits"]
  },
  {
    name: "kinds are made beyond their limit",
    file: "src/columnStore/Kinds.ts",
    find: "if (all.length > maxKinds)",
    replace: "if (all.length > 2 * maxKinds)",
    tests: ["columnStore/columnarLimits"]
  },
  {
    name: "the classes of plans are kept beyond their limit",
    file: "src/columnStore/classes.ts",
    find: "<= maxKept) break",
    replace: "<= 2 * maxKept) break",
    tests: ["columnStore/columnarLimits"]
  },
  {
    name: "the classes of a plan with long filters are kept",
    file: "src/columnStore/classes.ts",
    find: "key.length > maxKeyLength",
    replace: "key.length > 2 * maxKeyLength",
    tests: ["columnStore/columnarLimits"]
  },
  {
    name: "a track of amounts is longer than the limit",
    file: "src/columnStore/Tracks.ts",
    find: "cellsOf(reading) > maxCells",
    replace: "reading.width > maxCells",
    tests: ["columnStore/columnarLimits"]
  },
  {
    name: "a track counts the entries at the edge of a window twice",
    file: "src/columnStore/Tracks.ts",
    find: "add(tally, start, from * block, base)",
    replace: "add(tally, start, Math.min(end, (from + 1) * block), base)",
    tests: ["query/agreement"]
  },
  {
    name: "a track counts a shared row once per viewer",
    file: "src/columnStore/Tracks.ts",
    find: "if (firstViewers !== undefined)",
    replace: "if (firstViewers?.most === 0)",
    tests: ["query/agreement"],
    seed: 1
  },
  {
    name: "a track is still used after a new tag was added",
    file: "src/columnStore/Tracks.ts",
    find: "entry.track?.tags !== tags",
    replace: "entry.track === undefined",
    tests: ["columnStore/columnarExecution"]
  },
  {
    name: "the column store ignores viewers who appear during a run",
    file: "src/columnStore/viewers.ts",
    find: "found?.lists === lists",
    replace: "found !== undefined",
    tests: ["columnStore/columnarExecution"]
  },
  {
    name: "deleted rows are still counted",
    file: "src/columnStore/Tally.ts",
    find: "const weight = rows.weights[row] ?? 0",
    replace: "const weight = Math.abs(rows.weights[row] ?? 0)",
    tests: ["columnStore/columnarExecution", "services/replica/replica"]
  },
  {
    name: "a change in two overlapping change sets is applied twice",
    file: "src/services/replica/Replica.ts",
    find: "const unseen = changes.filter(([transaction]) => !isVisible(current, transaction))",
    replace: "const unseen = changes",
    tests: ["services/replica/replica", "services/replica/replicaRefresh"]
  },
  {
    name: "changes of other organizations are applied",
    file: "src/services/replica/keyQueries.ts",
    find: "WHERE r.organization_id = ${organization}`",
    replace: "WHERE r.organization_id >= left(${organization}, 0)`",
    tests: ["services/replica/replica", "query/sql/tenantSql"]
  },
  {
    name: "rows beyond the first capacity of a column are lost",
    file: "src/columnStore/growing.ts",
    find: "values = make(capacity)",
    replace: "values = make(size)",
    tests: ["query/agreement", "services/replica/replica"],
    seed: 1
  },
  {
    name: "a plan that is counted after another plan gets the rows of that plan",
    file: "src/services/run/replicaReader.ts",
    find: "yield* counted(plan)",
    replace: "yield* known.size === 0 ? counted(plan) : Effect.sync(() => known.set(plan, [...known.values()][0]))",
    tests: ["services/run/replicaReader"]
  }
]
