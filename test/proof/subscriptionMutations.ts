import type { Mutation } from "./mutations.ts"

const change = "src/page/mails/subscriptionChange.ts"
const delivering = "src/services/deliveries/Delivering.ts"
const orders = "src/services/reports/SubscriptionRepo/sqlOrders.ts"
const recipients = "src/services/reports/SubscriptionRepo/sqlRecipients.ts"
const subscriptions = "src/services/reports/SubscriptionRepo/sql.ts"
const mails = "services/deliveries/deliveries"
const repos = "services/reports/repos"
const concurrent = "services/reports/concurrentSubscriptions"

/** These faults let the wrong people read, change or end subscriptions, lose changes, or send the wrong mails or none. */
export const subscriptionMutations: ReadonlyArray<Mutation> = [
  {
    name: "a link ends mails without a valid signature",
    file: "src/services/deliveries/Subscriptions.ts",
    find: "found !== undefined && isSigned(found.linkKey, addressee, link[\"signature\"])",
    replace: "found !== undefined && link[\"signature\"] !== found.linkKey",
    tests: ["http/unsubscribe", mails]
  },
  {
    name: "the signature of a link is the same for every person",
    file: "src/services/deliveries/unsubscribeLink.ts",
    find: ".update(JSON.stringify([\"unsubscribe\", organizationId, subscriptionId, userId]))",
    replace: ".update(JSON.stringify([\"unsubscribe\", organizationId, subscriptionId, userId.length * 0]))",
    tests: ["http/unsubscribe", mails]
  },
  {
    name: "GET of a link ends the mails",
    file: "src/http/Unsubscribe.ts",
    find: "answer(open, question)",
    replace: "answer(end, question)",
    tests: ["http/unsubscribe"]
  },
  {
    name: "a link ends the mails of a person in another organization",
    file: recipients,
    find: "FROM crm_report_subscriptions s\n      WHERE p.organization_id = ${organizationId} AND",
    replace: "FROM crm_report_subscriptions s\n      WHERE ${organizationId}::text IS NOT NULL AND",
    tests: [repos, "query/sql/tenantSql"]
  },
  {
    name: "a subscription that is paused makes deliveries",
    file: orders,
    find: "AND NOT ${isPaused(sql)}\n        ORDER",
    replace: "AND ${isPaused(sql)} IS NOT NULL\n        ORDER",
    tests: [repos]
  },
  {
    name: "a mail that waits is sent although its subscription is paused",
    file: delivering,
    find: "order.paused || recipient.pausedAt !== null ?",
    replace: "recipient.pausedAt !== null ?",
    tests: [mails]
  },
  {
    name: "a subscription that goes on sends the mails of the time for which it was paused",
    file: "src/domain/subscriptionRules.ts",
    find: "isMoved || isResumed ?",
    replace: "isMoved ?",
    tests: [mails]
  },
  {
    name: "the dialog of mails starts the mails to paused recipients again when the time changes",
    file: change,
    find: "...((to.length !== before.to.length || to.some((one) => !before.to.includes(one))) && { to })",
    replace: "to",
    tests: ["page/subscriptionChange"]
  },
  {
    name: "each change on the page lets an alert begin anew",
    file: change,
    find: "alert !== undefined && JSON.stringify(alert) !== JSON.stringify(before.alert)",
    replace: "alert !== undefined",
    tests: ["page/subscriptionChange"]
  },
  {
    name: "the dialog of mails starts the mails again that its reader ended",
    file: change,
    find: "endedAt === null || userId !== callerId",
    replace: "endedAt === null || userId !== \"\"",
    tests: ["page/subscriptionChange"]
  },
  {
    name: "the dialog of mails forgets the people and filters of a stored view",
    file: "src/page/report/View.ts",
    find: "undefined : chosenIn(people)",
    replace: "undefined : chosenIn({})",
    tests: ["page/subscriptionChange"]
  },
  {
    name: "PostgreSQL returns a subscription to everybody who may read its report",
    file: subscriptions,
    find: "AND (${role === \"admin\"}::boolean OR s.created_by = ${userId} OR r.owner_id = ${userId})",
    replace: "AND (${role !== undefined}::boolean OR s.created_by = ${userId} OR r.owner_id = ${userId})",
    tests: [repos]
  },
  {
    name: "PostgreSQL returns a subscription of a report that the caller may not read",
    file: subscriptions,
    find: "JOIN crm_reports r ON r.id = s.report_id AND ${readable(sql, caller)}",
    replace: "JOIN crm_reports r ON r.id = s.report_id AND r.organization_id = ${caller.organizationId}",
    tests: [repos]
  },
  {
    name: "PostgreSQL returns the result of a test to other people",
    file: recipients,
    find: "WHEN 'email' THEN ${userId} ELSE",
    replace: "WHEN ${userId} THEN s.created_by ELSE",
    tests: [repos]
  },
  {
    name: "a repeated creation returns a subscription of a report that the caller may not read",
    file: "src/http/Idempotent.ts",
    find: "idempotent(SubscriptionId, subscriptionLocation, subscriptions.find)",
    replace:
      "idempotent(SubscriptionId, subscriptionLocation, (_caller: Caller, _id: SubscriptionId) => Effect.succeed(subscriptions))",
    tests: ["services/reports/idempotencyReplay"]
  },
  {
    name: "a change takes back what another one changes at the same time",
    file: subscriptions,
    find: "sql`FOR UPDATE OF s`",
    replace: "sql``",
    tests: [concurrent]
  },
  {
    name: "two requests at the same time pass the limit of subscriptions",
    file: subscriptions,
    find: "${readable(sql, caller)} FOR NO KEY UPDATE",
    replace: "${readable(sql, caller)} FOR SHARE",
    tests: [concurrent]
  },
  {
    name: "a change stores the currency of an alert that another change has replaced",
    file: "src/domain/subscriptionRules.ts",
    find: "return Equal.equals({ currency: checked.currency, ...when }, checked) ? checked : when",
    replace:
      "return Equal.equals(when, undefined) ? when : { ...(checked.currency && { currency: checked.currency }), ...when }",
    tests: [concurrent]
  },
  {
    name: "the end of a delivery and the deletion of its subscription wait for each other",
    file: "src/services/reports/SubscriptionRepo/sqlDeliveries.ts",
    find: "AND s.id = ${subscriptionId} FOR KEY SHARE",
    replace: "AND s.id = ${subscriptionId}",
    tests: [concurrent]
  },
  {
    name: "the lease of a mail ends while a slow server gets ready",
    file: "src/services/deliveries/renewing.ts",
    find: "const every = \"20 seconds\"",
    replace: "const every = \"2 minutes\"",
    tests: ["services/deliveries/slowServer"]
  },
  {
    name: "the lease of a mail ends before it is sent",
    file: delivering,
    find: "yield* send(claimed, order, made)",
    replace: "yield* Effect.forkDetach(send(claimed, order, made))",
    tests: ["services/deliveries/slowServer"]
  },
  {
    name: "members see whose rows an admin chose",
    file: "src/domain/subscriptionRules.ts",
    find: "role === \"member\" ? view : {",
    replace: "role === undefined ? view : {",
    tests: [repos]
  },
  {
    name: "mails that a person ended start again if others remove and add this person",
    file: "src/domain/subscriptionRules.ts",
    find: "endedAt !== null && !to.includes(userId)",
    replace: "endedAt !== null && to.includes(userId)",
    tests: [repos]
  },
  {
    name: "the link in an old mail does nothing after its recipient was removed",
    file: recipients,
    find: "[...ended, { userId, endedAt: now }]",
    replace: "ended",
    tests: [repos]
  },
  {
    name: "a change of a subscription forgets the people who ended its mails and were removed",
    file: subscriptions,
    find: "schedule = s.schedule || ${scheduleText(terms)}::jsonb",
    replace: "schedule = ${scheduleText(terms)}::jsonb",
    tests: [repos]
  },
  {
    name: "a subscription of a deleted report goes on",
    file: "src/services/reports/ReportRepo/sqlChanges.ts",
    find: "yield* deleteSubscriptions(sql, caller.organizationId, sql`s.report_id = ${id}`)",
    replace: "yield* deleteSubscriptions(sql, caller.organizationId, sql`s.report_id = ${id} AND false`)",
    tests: [repos]
  }
]
