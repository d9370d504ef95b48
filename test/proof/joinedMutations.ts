import type { Mutation } from "./mutations.ts"

/** With these faults, numbers over joined rows are wrong, or cost too much time or memory. */
export const joinedMutations: ReadonlyArray<Mutation> = [
  {
    name: "the former joined rows of a changed key are still counted",
    file: "src/columnStore/joined/Join.ts",
    find: "later === undefined ? [] : rowsOf(groupOf(key))",
    replace: "later === undefined ? rowsOf(groupOf(key)) : []",
    tests: ["columnStore/joinedRows", "services/replica/replica"]
  },
  {
    name: "joined rows are appended again although they have not changed",
    file: "src/columnStore/joined/Later.ts",
    find: "if (sum === 0) later.delete(name)",
    replace: "if (cells.length === 0) later.delete(name)",
    tests: ["columnStore/joinedChanges"]
  },
  {
    name: "joined rows that a change does not affect are appended again",
    file: "src/columnStore/joined/Join.ts",
    find: "left.size === 0 ? latter",
    replace: "left.size >= 0 ? latter",
    tests: ["columnStore/joinedChanges"]
  },
  {
    name: "a sort joins all rows without a pause",
    file: "src/columnStore/joined/Join.ts",
    find: "makePace(rowsAtOnce)",
    replace: "makePace(1_000 * rowsAtOnce)",
    tests: ["columnStore/joinedChanges"]
  },
  {
    name: "a refresh of a replica joins any number of rows again",
    file: "src/services/replica/Replica.ts",
    find: "store.unsettled > maxChanges",
    replace: "store.unsettled > 1_000 * maxChanges",
    tests: ["services/replica/replicaCatchUp"]
  },
  {
    name: "joined rows are not computed again after a change",
    file: "src/columnStore/ColumnStore.ts",
    find: "    stored: (table) => {\n      settle()\n",
    replace: "    stored: (table) => {\n",
    tests: ["columnStore/joinedRows", "query/agreement"]
  },
  {
    name: "a joined row whose delete comes before its insert is counted",
    file: "src/columnStore/joined/KeyedRows.ts",
    find: "if (!removeEarly(key, cells)) insert(key, cells)",
    replace: "insert(key, cells)",
    tests: ["columnStore/joinedRows"]
  },
  {
    name: "deleted rows of joins stay in memory",
    file: "src/columnStore/joined/KeyedRows.ts",
    find: "else if (!remove(key, cells)) deleteEarly(key, cells)",
    replace: "else deleteEarly(key, cells)",
    tests: ["columnStore/joinedRows", "services/replica/replica"]
  },
  {
    name: "keys with too many rows are joined",
    file: "src/columnStore/joined/Join.ts",
    find: "longestOf(key) > maxRowsOfKey",
    replace: "longestOf(key) > 2 * maxRowsOfKey",
    tests: ["columnStore/joinedRows"]
  },
  {
    name: "the rows that joins keep are not counted as memory",
    file: "src/columnStore/ColumnStore.ts",
    find: "sum + sizeOf(table), joins.size() +",
    replace: "sum + sizeOf(table), 0 * joins.size() +",
    tests: ["columnStore/joinedRows"]
  },
  {
    name: "a spell that ends at the start of the window is counted",
    file: "src/columnStore/joined/timeInStatus.ts",
    find: "from === null ? [end] : [from + 1, end]",
    replace: "from === null ? [end] : [from, end]",
    tests: ["columnStore/joinedRows", "query/agreement"]
  },
  {
    name: "a spell that ends before it begins is not counted",
    file: "src/columnStore/joined/timeInStatus.ts",
    find: "for (const { group, numerator } of reversed) add(group, 0n, numerator)",
    replace: "for (const { group } of reversed) add(group, 0n, 0n)",
    tests: ["query/agreement"]
  },
  {
    name: "the milliseconds of spells are not counted",
    file: "src/columnStore/joined/timeInStatus.ts",
    find: "sum: numerator * BigInt(unit)",
    replace: "sum: unit === 1 ? 0n : numerator * BigInt(unit)",
    tests: ["query/agreement"]
  },
  {
    name: "commissions with amounts that floats round are counted in memory",
    file: "src/columnStore/joined/commissions.ts",
    find: "if (!areExact(deals, place, shares))",
    replace: "if (shares.places.length < 0)",
    tests: ["columnStore/joinedRows"]
  },
  {
    name: "deals that are not won have a commission",
    file: "src/columnStore/joined/sources.ts",
    find: "  only: { field: deal.status, text: \"won\" }",
    replace: "",
    tests: ["columnStore/joinedRows", "query/agreement"]
  },
  {
    name: "agents outside the scope have a commission",
    file: "src/columnStore/joined/commission.ts",
    find: "if (inScope.has(userId)) return userId",
    replace: "if (userId !== null && inScope.size > 0) return userId",
    tests: ["columnStore/joinedRows", "query/agreement"]
  },
  {
    name: "a deal without a share of an agent does not count for the dominant currency",
    file: "src/columnStore/joined/commission.ts",
    find: "[...deals.map((row) =>",
    replace: "[...(payouts.length > 0 ? deals : []).map((row) =>",
    tests: ["columnStore/joinedRows", "query/agreement"]
  },
  {
    name: "replies dated after the current time are counted",
    file: "src/columnStore/joined/replyRate.ts",
    find: "if (sums.has(bucket - 1)) add(bucket - 1, -numerator, 0n)",
    replace: "if (sums.has(bucket - 1)) add(bucket - 1, 0n * numerator, 0n)",
    tests: ["columnStore/joinedRows", "query/agreement"]
  },
  {
    name: "an email outside the scope counts as the reply in a shared thread",
    file: "src/columnStore/joined/SharedThreads.ts",
    find: "!isOutbound(mail) && isInScope(mail) &&",
    replace: "!isOutbound(mail) &&",
    tests: ["columnStore/joinedRows", "query/agreement"]
  },
  {
    name: "removed shared threads are still counted",
    file: "src/columnStore/joined/SharedThreads.ts",
    find: "kept.firsts.values[place] = Infinity",
    replace: "kept.firsts.values[place] = kept.firsts.values[place] ?? 0",
    tests: ["columnStore/sharedThreads", "columnStore/joinedRows"]
  },
  {
    name: "removed shared threads are still counted if the scope has every owner",
    file: "src/columnStore/joined/SharedThreads.ts",
    find: "kept.sent.values[place] = Infinity",
    replace: "kept.sent.values[place] = kept.sent.values[place] ?? 0",
    tests: ["columnStore/sharedThreads", "columnStore/joinedRows"]
  },
  {
    name: "emails outside the scope begin shared threads",
    file: "src/columnStore/joined/SharedThreads.ts",
    find: "[...owners].every((code)",
    replace: "[...owners].some((code)",
    tests: ["columnStore/sharedThreads", "columnStore/joinedRows", "query/agreement"]
  },
  {
    name: "too many emails of shared threads are counted in memory",
    file: "src/columnStore/joined/SharedThreads.ts",
    find: "if (size > maxSharedMails)",
    replace: "if (size > 2 * maxSharedMails)",
    tests: ["columnStore/sharedThreads"]
  },
  {
    name: "shared threads that begin before the window are left out",
    file: "src/columnStore/joined/SharedThreads.ts",
    find: "(lasts[thread] ?? 0) < from",
    replace: "(firsts[thread] ?? 0) < from",
    tests: ["query/agreement", "services/replica/replica"]
  },
  {
    name: "the joined rows of a load may exceed the row limit",
    file: "src/services/replica/load.ts",
    find: "checked(replica.store, rows, room)",
    replace: "Effect.void",
    tests: ["services/replica/replicas"]
  },
  {
    name: "the size of a column store counts an unsorted shared row once too little",
    file: "src/columnStore/Rows.ts",
    find: "entries: count === 1 ? 1 : count + 1",
    replace: "entries: count",
    tests: ["columnStore/columnarChurn"]
  },
  {
    name: "joined rows of changed keys are not computed again if no key is new",
    file: "src/columnStore/joined/Join.ts",
    find: "isSettled: () => fresh.length === 0 && changed.size === 0",
    replace: "isSettled: () => fresh.length === 0",
    tests: ["columnStore/joinedChanges"]
  }
]
