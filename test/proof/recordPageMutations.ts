import type { Mutation } from "./mutations.ts"

/** With these faults, a page of records in SQL, its totals, or its point is wrong. */
export const recordPageMutations: ReadonlyArray<Mutation> = [
  {
    name: "a page of spells in SQL has only leads that are among the newest of the organization",
    file: "src/query/handwritten/timeInStatus.ts",
    find: "`WHERE ${found} < ${limit}`",
    replace: "`WHERE ${found} < ${limit} * 0`",
    tests: ["services/run/recordSpells"]
  },
  {
    name: "a page of spells in SQL has leads outside the scope",
    file: "src/query/handwritten/timeInStatus.ts",
    find: "[rowFilter(shape).owned, isAssigned(shape), ...",
    replace: "[rowFilter(shape).owned, \"true\", ...",
    tests: ["services/run/recordPoints"],
    seed: 1
  },
  {
    name: "a page of threads in SQL has emails that are not the first of their thread",
    file: "src/query/handwritten/replyRate.ts",
    find: "`) f WHERE f.email_id = (${first})`",
    replace: "`) f WHERE f.email_id >= (${first})`",
    tests: ["services/run/recordPoints"],
    seed: 1
  },
  {
    name: "a page of threads in SQL counts replies to people outside the scope",
    file: "src/query/handwritten/replyRate.ts",
    find: "isOwned(shape, params),\n    \"r.thread_id = f.thread_id\"",
    replace: "\"true\",\n    \"r.thread_id = f.thread_id\"",
    tests: ["query/sql/recordSql"]
  },
  {
    name: "the currency of a point is that of another window",
    file: "src/query/series/pointOf.ts",
    find: "bucketIn(plan, plan.current)),",
    replace: "bucketIn(plan, 1)),",
    tests: ["services/run/recordCurrency"]
  },
  {
    name: "a misspelled key of a point is ignored",
    file: "src/domain/closed.ts",
    find: "[Schema.Record(other, refused)]",
    replace: "[]",
    tests: ["services/run/recordRequests"]
  },
  {
    name: "the part `records` lists all records as one page without totals",
    file: "src/services/run/Records.ts",
    find: "{ limit, after: earlier?.after, part })",
    replace: "{ limit, after: earlier?.after })",
    tests: ["services/run/recordRequests"]
  },
  {
    name: "a file of records has no limit if the request asks for a part",
    file: "src/services/export/recordFile.ts",
    find: "part: _part, ",
    replace: "",
    tests: ["services/export/recordFiles"]
  },
  {
    name: "a file of records checks the credential only before its first page",
    file: "src/services/export/recordFile.ts",
    find: "Effect.andThen(check, pageBy(records.laterPage, cursor))",
    replace: "pageBy(records.laterPage, cursor)",
    tests: ["services/export/recordFileAccess"]
  },
  {
    name: "a file of records never ends although its session token has expired",
    file: "src/services/access/Gating.ts",
    find: "now - begun < uncheckedNanos",
    replace: "now >= begun",
    tests: ["services/export/recordFileAccess"]
  },
  {
    name: "overload ends files of records that have begun",
    file: "src/services/export/recordFile.ts",
    find: "pageBy(records.laterPage, cursor)",
    replace: "pageBy(records.page, cursor)",
    tests: ["services/export/recordFileAccess"]
  },
  {
    name: "a page that is read before the currency is known is kept in any currency",
    file: "src/services/run/readPoint.ts",
    find: "&& presumed.currency === point.currency",
    replace: "",
    tests: ["services/run/recordCurrency"]
  },
  {
    name: "a cursor is not bound to its caller and its list",
    file: "src/services/run/RecordCursor.ts",
    find: "sha256OfJson({ organizationId, userId, ...asked })",
    replace: "sha256OfJson({ organizationId, userId, ...asked } && {})",
    tests: ["http/recordCursors"]
  },
  {
    name: "a cursor of a process whose clock is ahead is refused",
    file: "src/services/run/RecordCursor.ts",
    find: "asOf > now + clockSkewMillis",
    replace: "asOf > now",
    tests: ["services/run/recordCursor"]
  },
  {
    name: "a cursor without a valid seal is accepted",
    file: "src/services/run/RecordCursor.ts",
    find: "sent.length === expected.length && timingSafeEqual(sent, expected)",
    replace: "sent.length === expected.length || !timingSafeEqual(expected, expected)",
    tests: ["http/recordCursors"]
  },
  {
    name: "a later page takes the currency of its own time",
    file: "src/query/series/openDeals.ts",
    find: "plan.currency ?? totals[0]?.currency ?? own",
    replace: "totals[0]?.currency ?? plan.currency ?? own",
    tests: ["http/recordCursors"]
  },
  {
    name: "a later page of ~other takes the groups of its own time",
    file: "src/query/series/pointOf.ts",
    find: "choiceOf(plan, asked.key, at.shown, [",
    replace: "choiceOf(plan, asked.key, at.shown?.slice(0, 0) && undefined, [",
    tests: ["http/recordCursors"]
  },
  {
    name: "a list in an old scope is refused before the scope is confirmed",
    file: "src/services/run/Records.ts",
    find: "Effect.succeed(Result.fail(changed))",
    replace: "Effect.fail(changed)",
    tests: ["http/recordCursors"]
  },
  {
    name: "a later page does not say that other people are in scope",
    file: "src/services/run/RecordCursor.ts",
    find: "sha256OfJson({ people, allMembers: scope.allMembers, ",
    replace: "sha256OfJson({ people: people.length * 0, ",
    tests: ["http/recordCursors"]
  }
]
