import type { Mutation } from "./mutations.ts"

const changed = "src/services/deliveries/ChangedAlerts.ts"
const looks = "src/services/reports/SubscriptionRepo/sqlAlertLooks.ts"
const orders = "src/services/reports/SubscriptionRepo/sqlOrders.ts"
const changes = "services/deliveries/changedAlerts"
const repos = "services/reports/repos"

/** These faults judge alerts after changes too often, too seldom, or by the rows of other people. */
export const changedAlertMutations: ReadonlyArray<Mutation> = [
  {
    name: "an alert is judged each minute although nothing changed",
    file: changed,
    find: "if (!hasChanged) {",
    replace: "if (!hasChanged && organizationId === \"\") {",
    tests: [changes, "services/deliveries/loggedAlerts"]
  },
  {
    name: "an alert is judged by a change log that may lack changes, and the changes are forgotten",
    file: changed,
    find: "look?.isLogged === true",
    replace: "look !== undefined",
    tests: [changes]
  },
  {
    name: "a delivery is stored for each judgement after a change",
    file: changed,
    find: "verdict === \"crossed\" ||",
    replace: "verdict !== \"alert_rests\" ||",
    tests: [changes]
  },
  {
    name: "between two times due, nobody notices that a figure came back",
    file: changed,
    find: "state?.isBeyond === false &&",
    replace: "state?.isBeyond === true &&",
    tests: [changes]
  },
  {
    name: "a change during an outage of Clerk is not judged later",
    file: changed,
    find: "\"TimedOut\"], () => Effect.succeed(true))",
    replace: "\"TimedOut\"], () => Effect.succeed(false))",
    tests: [changes]
  },
  {
    name: "a change while a delivery of its alert is judged is forgotten",
    file: orders,
    find: "d.state = 'waiting' AND d.claim IS NULL",
    replace: "d.state = 'waiting'",
    tests: [repos]
  },
  {
    name: "a return while a delivery of its alert is judged is compared with the state before the delivery",
    file: changed,
    find: "if (isClaimed) return true",
    replace: "if (isClaimed && order.when === null) return true",
    tests: ["services/deliveries/claimedAlerts"]
  },
  {
    name: "the rows of other people decide about the judgement of a member after a change",
    file: changed,
    find: "caller: Caller = { organizationId, userId, role }",
    replace: "caller: Caller = { organizationId, userId, role: \"admin\" }",
    tests: [changes]
  },
  {
    name: "after a change, each process judges the alerts",
    file: looks,
    find: "AND l.looked IS NOT DISTINCT FROM ${looked}::text",
    replace: "AND (l.looked IS NOT DISTINCT FROM ${looked}::text OR l.looked IS NOT NULL)",
    tests: [repos]
  },
  {
    name: "a process takes alerts that another process judges",
    file: looks,
    find: "AND l.visible_at <= ${DateTime.toDate(now)}::timestamptz\n        AND",
    replace: "AND ${DateTime.toDate(now)}::timestamptz IS NOT NULL\n        AND",
    tests: [repos]
  },
  {
    name: "a process whose lease has ended says what was judged",
    file: looks,
    find: "AND l.claim = ${claim}::uuid",
    replace: "AND ${claim}::uuid IS NOT NULL",
    tests: [repos]
  },
  {
    name: "an alert whose mails have ended is judged after a change",
    file: orders,
    find: "sql`p.ended_at IS NULL AND p.paused_at IS NULL`",
    replace: "sql`p.user_id IS NOT NULL`",
    tests: [repos]
  },
  {
    name: "an alert that fails after a change stops the alerts after it",
    file: changed,
    find: "Effect.catchCause((cause) =>\n            Effect.as(",
    replace: "Effect.tapCause((cause) =>\n            Effect.as(",
    tests: ["services/deliveries/failingAlerts"]
  },
  {
    name: "after a change, the statements of an alert do not wait in the queue of their organization",
    file: changed,
    find: "Effect.provideService(CurrentCaller, caller)",
    replace: "Effect.annotateLogs({})",
    tests: ["services/deliveries/failingAlerts"]
  }
]
