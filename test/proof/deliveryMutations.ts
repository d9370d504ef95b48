import type { Mutation } from "./mutations.ts"

const addresses = "services/keys/clerkAddresses"
const clerk = "src/services/keys/clerk/clerkCallers.ts"
const delivering = "src/services/deliveries/Delivering.ts"
const making = "src/services/deliveries/making.ts"
const orders = "src/services/reports/SubscriptionRepo/sqlOrders.ts"
const mails = "services/deliveries/deliveries"
const failures = "services/deliveries/deliveryFailures"
const repos = "services/reports/repos"

/** These faults send mails with numbers of other people, too many mails or too few, or mails to the wrong people. */
export const deliveryMutations: ReadonlyArray<Mutation> = [
  {
    name: "a mail counts under the gate of an admin",
    file: "src/services/deliveries/MailContents.ts",
    find: "exporting.document(reader, reportId, view, { locale })",
    replace: "exporting.document({ ...reader, role: \"admin\" as const }, reportId, view, { locale })",
    tests: [mails, "services/deliveries/deliveryGate"]
  },
  {
    name: "each recipient gets the numbers of one person",
    file: delivering,
    find: "const caller: Caller = { organizationId, userId, role }",
    replace: "const caller: Caller = { organizationId, userId: \"ana\" as typeof userId, role }",
    tests: [mails]
  },
  {
    name: "a person who left the organization gets mails",
    file: delivering,
    find: "if (role === undefined) return yield* settle(claimed, skipped(\"not_a_member\"))",
    replace:
      "if (role === undefined && claimed.attempts > 99) return yield* settle(claimed, skipped(\"not_a_member\"))",
    tests: [mails]
  },
  {
    name: "mails are sent while the role is unknown",
    file: delivering,
    find: "Effect.mapError(keys.roleOf(organizationId, userId), () => new PersonUnknown())",
    replace: "Effect.orElseSucceed(keys.roleOf(organizationId, userId), () => \"member\" as const)",
    tests: [failures]
  },
  {
    name: "a delivery is never given up",
    file: delivering,
    find: "if (DateTime.isGreaterThan(now, DateTime.add(claimed.dueAt, latest))) {",
    replace: "if (DateTime.isGreaterThan(claimed.dueAt, DateTime.add(now, latest))) {",
    tests: [failures]
  },
  {
    name: "a mail without numbers is sent at the first attempt",
    file: delivering,
    find: "claimed.attempts >= attemptsToCompute",
    replace: "claimed.attempts >= 1",
    tests: [failures]
  },
  {
    name: "a mail is sent with the numbers of some widgets only",
    file: "src/services/deliveries/MailContents.ts",
    find: "if (mayBeComputedLater(document)) return",
    replace: "if (mayBeComputedLater({ ...document, cards: [] })) return",
    tests: [failures]
  },
  {
    name: "a mail whose file cannot be made in time is never sent",
    file: "src/services/deliveries/MailContents.ts",
    find: "if (!isLast) return made",
    replace: "if (isLast || !isLast) return made",
    tests: ["services/deliveries/failingFiles"]
  },
  {
    name: "a mail lists the later days of a target instead of the newest numbers",
    file: "src/documents/mailFigures.ts",
    find: "rows.slice(0, series.points.length)",
    replace: "rows.slice()",
    tests: ["documents/mailFigures"]
  },
  {
    name: "a mail or a webhook leaves out all columns of a table of people but the first",
    file: "src/documents/Document.ts",
    find: "card.columns?.map((column) =>",
    replace: "card.columns?.slice(0, 1).map((column) =>",
    tests: ["services/deliveries/peopleMessages"]
  },
  {
    name: "a mail that may have arrived counts as failed after a day",
    file: delivering,
    find: "const mayHaveArrived = claimed.handed > 0",
    replace: "const mayHaveArrived = claimed.handed > 9",
    tests: ["services/deliveries/unansweredMails"]
  },
  {
    name: "a subscription whose time zone is unknown stops those after it",
    file: making,
    find: "Effect.catchDefect((defect) =>",
    replace: "Effect.tapDefect((defect) =>",
    tests: ["services/deliveries/failingSubscriptions"]
  },
  {
    name: "a mail is sent a third time",
    file: delivering,
    find: "if (claimed.handed >= mostHanded)",
    replace: "if (claimed.handed > 10 * mostHanded)",
    tests: [failures]
  },
  {
    name: "a mail that the server may have counts as not sent",
    file: delivering,
    find: "return yield* retry(claimed, \"no_answer\")",
    replace: "return yield* retry(claimed, \"no_answer\", true)",
    tests: [failures]
  },
  {
    name: "a mail that ended with a lost connection counts as refused",
    file: "src/services/deliveries/Mailing.ts",
    find: "return wasRead ? \"unknown\" : \"later\"",
    replace: "return wasRead ? \"later\" : \"unknown\"",
    tests: [failures]
  },
  {
    name: "a mail leaves although another process has the delivery",
    file: "src/services/deliveries/Mailing.ts",
    find: "if (!state.isHanded) throw",
    replace: "if (!state.isHanded && bytes.length === 0) throw",
    tests: ["services/deliveries/mailing", "services/deliveries/deliveryProcesses"]
  },
  {
    name: "a mail server may take for ever",
    file: "src/services/deliveries/Mailing.ts",
    find: ", signal: deadline() }",
    replace: " }",
    tests: ["services/deliveries/mailing"]
  },
  {
    name: "the log does not say that a mail can be neither sent nor written",
    file: "src/services/deliveries/Mailing.ts",
    find: "yield* logFailure({ reason: failed })",
    replace: "",
    tests: ["services/deliveries/mailing"]
  },
  {
    name: "a text with two addresses gets a mail",
    file: "src/services/deliveries/Mailing.ts",
    find: "mailAddress.test(letter.to) ? ",
    replace: "letter.to !== \"\" ? ",
    tests: [failures]
  },
  {
    name: "mails are sent to an address at Clerk that is not verified",
    file: clerk,
    find: "primary?.verification?.status === \"verified\" ? primary.email_address : undefined",
    replace: "primary?.email_address",
    tests: [addresses]
  },
  {
    name: "mails are sent to an address at Clerk that is not the primary one",
    file: clerk,
    find: "({ id }) => id === user.primary_email_address_id",
    replace: "({ verification }) => verification?.status === \"verified\"",
    tests: [addresses]
  },
  {
    name: "the address of a person at Clerk is remembered for an hour",
    file: clerk,
    find: "const addressMillis = 300_000",
    replace: "const addressMillis = 3_600_000",
    tests: [addresses]
  },
  {
    name: "a missed time due is sent",
    file: making,
    find: "isMissed(last, now) ? {",
    replace: "isMissed(now, last) ? {",
    tests: [mails]
  },
  {
    name: "a recipient who ended the mails gets mails",
    file: orders,
    find: "AND p.ended_at IS NULL AND p.paused_at IS NULL",
    replace: "AND (p.ended_at IS NULL OR p.ended_at IS NOT NULL) AND p.paused_at IS NULL",
    tests: [repos]
  },
  {
    name: "a line break in a title adds a line to a mail",
    file: "src/documents/mail.ts",
    find: "].map(asLine).join",
    replace: "].join",
    tests: ["services/deliveries/peopleMessages"]
  },
  {
    name: "a line break in a title adds a line to a message of Slack",
    file: "src/documents/slackMessage.ts",
    find: "const told = asLine(text)",
    replace: "const told = text",
    tests: ["services/deliveries/peopleMessages"]
  }
]
