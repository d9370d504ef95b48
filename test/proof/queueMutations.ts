import type { Mutation } from "./mutations.ts"

const claiming = "src/services/deliveries/claiming.ts"
const queue = "src/services/reports/SubscriptionRepo/sqlDeliveries.ts"
const orders = "src/services/reports/SubscriptionRepo/sqlOrders.ts"
const claims = "services/deliveries/claiming"
const delivering = "src/services/deliveries/Delivering.ts"
const lastSteps = "services/deliveries/lastSteps"
const repos = "services/reports/repos"

/** These faults send a mail twice, too late or never, or let the mails of one organization delay or stop those of another. */
export const queueMutations: ReadonlyArray<Mutation> = [
  {
    name: "an organization with many mails delays the mail of another",
    file: claiming,
    find: "yield* Random.shuffle(organizations)",
    replace: "organizations",
    tests: [claims]
  },
  {
    name: "a claim that fails stops the mails of all organizations",
    file: claiming,
    find: "yield* claimOf(organizationId, now)",
    replace: "yield* claim(organizationId, now)",
    tests: [claims]
  },
  {
    name: "each slot reads the whole queue",
    file: "src/services/deliveries/ScheduledDeliveries.ts",
    find: "yield* findWaiting\n      while (busy < slots) {",
    replace: "while (busy < slots) {\n        yield* findWaiting",
    tests: ["services/deliveries/scheduledDeliveries"]
  },
  {
    name: "a process takes a delivery that another process holds",
    file: queue,
    find: "AND due.visible_at <= ${DateTime.toDate(now)}::timestamptz\n          AND (due.is_test",
    replace: "AND ${DateTime.toDate(now)}::timestamptz IS NOT NULL\n          AND (due.is_test",
    tests: [repos]
  },
  {
    name: "a process sends after its lease has ended",
    file: queue,
    find: " AND d.visible_at > ${DateTime.toDate(now)}::timestamptz`",
    replace: " AND ${DateTime.toDate(now)}::timestamptz IS NOT NULL`",
    tests: [repos, "services/deliveries/deliveryProcesses"]
  },
  {
    name: "a process changes a delivery that another process has taken",
    file: queue,
    find: "AND d.claim = ${claim}::uuid",
    replace: "AND ${claim}::uuid IS NOT NULL",
    tests: [repos]
  },
  {
    name: "the queue of one organization gives deliveries of another",
    file: queue,
    find: "WHERE due.organization_id = ${organizationId} AND due.state = 'waiting'",
    replace: "WHERE ${organizationId}::text IS NOT NULL AND due.state = 'waiting'",
    tests: ["query/sql/tenantSql"]
  },
  {
    name: "refused mails never pause a recipient",
    file: queue,
    find: "WHEN p.failures + 1 >= ${failuresToPause}",
    replace: "WHEN p.failures + 1 >= 10 * ${failuresToPause}",
    tests: [repos]
  },
  {
    name: "five refused tests pause a recipient",
    file: queue,
    find: "if (isOfAddress(outcome) && !claimed.isTest) yield*",
    replace: "if (isOfAddress(outcome)) yield*",
    tests: [repos]
  },
  {
    name: "a mail server that refuses the sign-in pauses all recipients",
    file: "src/services/deliveries/Mailing.ts",
    find: "responseCode >= 500 && !isSetting(failed) &&",
    replace: "responseCode >= 500 && command !== \"MAIL FROM\" &&",
    tests: ["services/deliveries/mailing"]
  },
  {
    name: "a mail is sent after it was ended or paused while its numbers were computed",
    file: delivering,
    find: "reasonNotToSend(claimed, yield* subscriptions.ordered(claimed))",
    replace: "reasonNotToSend(claimed, order)",
    tests: [lastSteps]
  },
  {
    name: "a mail is sent although its report became private while its numbers were computed",
    file: delivering,
    find: "yield* reports.find(caller, order.reportId)",
    replace: "yield* Effect.succeed(order.reportId)",
    tests: [lastSteps]
  },
  {
    name: "a mail is sent again because its outcome could not be stored at once",
    file: delivering,
    find: "untilStored))",
    replace: "{ times: 0 }))",
    tests: [lastSteps]
  },
  {
    name: "a shutdown waits for an outcome that cannot be stored",
    file: delivering,
    find: "Effect.interruptible(Effect.retry(Effect.uninterruptible(store), untilStored))",
    replace: "Effect.retry(store, untilStored)",
    tests: [lastSteps]
  },
  {
    name: "two processes make the deliveries of a time due",
    file: orders,
    find: "AND s.next_at = ${DateTime.toDate(before)}::timestamptz",
    replace: "AND ${DateTime.toDate(before)}::timestamptz IS NOT NULL",
    tests: [repos, "services/deliveries/deliveryProcesses"]
  }
]
