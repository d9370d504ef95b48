import type { Mutation } from "./mutations.ts"

const alert = "src/domain/Alert.ts"
const contents = "src/services/deliveries/MailContents.ts"
const judging = "src/services/deliveries/Alerts.ts"
const queue = "src/services/reports/SubscriptionRepo/sqlDeliveries.ts"
const alerts = "services/deliveries/alerts"
const requests = "services/deliveries/alertRequests"
const model = "services/deliveries/alertModel"
const repos = "services/reports/repos"

/** These faults send alerts too often or too seldom, or judge them by the rows of other people. */
export const alertMutations: ReadonlyArray<Mutation> = [
  {
    name: "an alert mails at each time due while its figure is beyond the threshold",
    file: alert,
    find: "if (!beyond || wasBeyond) return",
    replace: "if (!beyond) return",
    tests: ["domain/alert", alerts]
  },
  {
    name: "an alert ignores a crossing",
    file: contents,
    find: "if (isTest || verdict === \"crossed\") return undefined",
    replace: "if (isTest || verdict === \"alert_rests\") return undefined",
    tests: [alerts]
  },
  {
    name: "a missing figure counts as a return",
    file: alert,
    find: "if (figure === null) return { verdict: \"no_figure\", state: undefined }",
    replace:
      "if (figure === null) return { verdict: \"not_crossed\", state: { basis, isBeyond: false, mailedAt: null } }",
    tests: ["domain/alert", alerts]
  },
  {
    name: "an alert compares an amount in another currency",
    file: alert,
    find: "meta.unit === \"money\" && meta.currency !== currency",
    replace: "meta.unit === \"money\" && meta.currency === undefined && currency !== undefined",
    tests: ["domain/alert", alerts]
  },
  {
    name: "an alert does not rest between two mails",
    file: alert,
    find: "if (mailedAt !== null && DateTime.isLessThan(now,",
    replace: "if (mailedAt !== null && DateTime.isGreaterThan(mailedAt,",
    tests: ["domain/alert", alerts]
  },
  {
    name: "the state of an alert counts after a change of what is judged",
    file: alert,
    find: "before?.basis === basis ? before",
    replace: "before !== null && basis !== \"\" ? before",
    tests: ["domain/alert", alerts]
  },
  {
    name: "an alert to a member counts under the gate of an admin",
    file: judging,
    find: "runner.runInBackground(reader, {",
    replace: "runner.runInBackground({ ...reader, role: \"admin\" as const }, {",
    tests: [alerts, "services/deliveries/alertGate"]
  },
  {
    name: "the numbers that a former admin saw decide about the mails of a member",
    file: judging,
    find: "sha256OfJson([reader.role, alert,",
    replace: "sha256OfJson([alert,",
    tests: [alerts]
  },
  {
    name: "the state of an alert is shared between recipients",
    file: queue,
    find:
      "UPDATE crm_report_recipients p SET alert = ${stateText(state)}::jsonb\n      WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${subscriptionId} AND p.user_id = ${userId}",
    replace:
      "UPDATE crm_report_recipients p SET alert = ${stateText(state)}::jsonb\n      WHERE p.organization_id = ${organizationId} AND p.subscription_id = ${subscriptionId} AND ${userId}::text IS NOT NULL",
    tests: [repos]
  },
  {
    name: "the state of an alert moves without the mail",
    file: "src/services/deliveries/Delivering.ts",
    find: "failed(isMail ? \"address_refused\" : \"url_refused\")",
    replace: "{ ...failed(isMail ? \"address_refused\" : \"url_refused\"), judged }",
    tests: [model]
  },
  {
    name: "a mail that may have arrived twice is sent again at the next time due",
    file: "src/services/deliveries/Delivering.ts",
    find: "claimed.handed > 0 && outcome.state !== \"failed\" ? claimed.judged : null",
    replace: "claimed.handed > 9 ? claimed.judged : null",
    tests: [model, "services/deliveries/unansweredMails"]
  },
  {
    name: "two deliveries of an alert to a person are judged at once",
    file: queue,
    find: "AND (due.is_test OR NOT EXISTS (${otherAlerts(organizationId, now)}))",
    replace: "AND (due.is_test OR NOT due.is_test OR NOT EXISTS (${otherAlerts(organizationId, now)}))",
    tests: [repos]
  },
  {
    name: "a delivery of an alert is judged while a later one that was made before it is judged",
    file: queue,
    find: "OR o.claim IS NOT NULL AND o.visible_at >",
    replace: "OR o.claim IS NULL AND o.visible_at >",
    tests: [repos]
  },
  {
    name: "an alert whose widget was removed goes on",
    file: queue,
    find: "if (removed !== undefined) yield* pause(claimed, removed)",
    replace: "if (removed !== undefined && judged !== null) yield* pause(claimed, removed)",
    tests: [repos]
  },
  {
    name: "an alert is paused because the widget of a former alert was removed",
    file: queue,
    find: "AND s.alert = ${JSON.stringify(alert)}::jsonb",
    replace: "AND ${JSON.stringify(alert)}::jsonb IS NOT NULL",
    tests: [repos]
  },
  {
    name: "an alert whose timeframe no longer has such a figure goes on",
    file: judging,
    find: "if (figure === null && alert.of !== \"value\") {",
    replace: "if (figure === null && alert.of === \"value\") {",
    tests: [requests]
  },
  {
    name: "members see by the deliveries of an alert whether the numbers of other people are beyond a threshold",
    file: "src/domain/subscriptionRules.ts",
    find: "when === null || role === \"admin\"",
    replace: "when === null || role !== undefined",
    tests: [repos]
  },
  {
    name: "an alert is made for a widget without such a figure",
    file: judging,
    find: "if (issues.length > 0) return yield* InvalidRequest.of(issues)",
    replace: "if (issues.length > 9) return yield* InvalidRequest.of(issues)",
    tests: [requests]
  }
]
