import type { Mutation } from "./mutations.ts"

/** With these faults, numbers over joined rows are wrong, or cost too much time or memory. */
export const joinedMutations: ReadonlyArray<Mutation> = [
  {
    name: "the former joined rows of a changed key are still counted",
    file: "src/columnStore/joined/joins.ts",
    find: "for (const rows of left.values()) appendAll(rows, -1)",
    replace: "",
    tests: ["columnStore/joinedRows", "services/replica/replica"]
  },
  {
    name: "a change of columns that no join reads is joined again",
    file: "src/services/replica/keyQueries.ts",
    find: "HAVING sum(weight) <> 0",
    replace: "HAVING sum(weight) IS NOT NULL",
    tests: ["services/replica/replicaCatchUp"]
  },
  {
    name: "joined rows that a change does not affect are appended again",
    file: "src/columnStore/joined/joins.ts",
    find: "latter.filter((row) => left.get(JSON.stringify(row))?.pop() === undefined)",
    replace: "latter",
    tests: ["columnStore/joinedChanges"]
  },
  {
    name: "a refresh of a replica joins any number of rows again",
    file: "src/services/replica/changesSince.ts",
    find: "sizeOf(keys) > maxChanges",
    replace: "sizeOf(keys) > 1_000 * maxChanges",
    tests: ["services/replica/replicaCatchUp"]
  },
  {
    name: "joined rows are not computed again after a change",
    file: "src/services/replica/Replica.ts",
    find: "if (missing.length > 0) store.join(",
    replace: "if (missing.length < 0) store.join(",
    tests: ["services/replica/replica"]
  },
  {
    name: "the deleted rows of a key are not among its former rows",
    file: "src/services/replica/keyQueries.ts",
    find: "[...rows, ...timesOf(changes, -1)]",
    replace: "[...rows]",
    tests: ["columnStore/joinedRows", "services/replica/replica"]
  },
  {
    name: "changes of joined rows that a replica already has are undone",
    file: "src/services/replica/Replica.ts",
    find: "const missing = changes.filter(([transaction]) => !isVisible(current, transaction))",
    replace: "const missing = changes",
    tests: ["services/replica/replica"]
  },
  {
    name: "keys with too many rows are joined",
    file: "src/columnStore/joined/joins.ts",
    find: "if (isTooLong(present)) return",
    replace: "if (isTooLong([])) return",
    tests: ["columnStore/joinedRows"]
  },
  {
    name: "the tables of a join that has ended are still counted",
    file: "src/columnStore/joined/joins.ts",
    find: "drop(population.table)",
    replace: "drop(population.table.slice(1))",
    tests: ["columnStore/joinedRows"]
  },
  {
    name: "the emails of shared threads are not counted as memory",
    file: "src/columnStore/ColumnStore.ts",
    find: "sharedThreads.size + people.size",
    replace: "people.size",
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
    find: "if (!areExact(deals, row, shares))",
    replace: "if (shares.rows.length < 0)",
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
    tests: ["columnStore/sharedThreads"]
  },
  {
    name: "a load counts the rows of joined tables twice",
    file: "src/services/replica/loggedFields.ts",
    find: "[...new Set([...projections.keys(), ...sources.map(({ table }) => table), tags.name])]",
    replace: "[...projections.keys(), ...sources.map(({ table }) => table), tags.name]",
    tests: ["services/replica/replicas"]
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
  }
]
