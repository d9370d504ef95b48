import {
  type Field,
  instant,
  integer,
  money,
  nullable,
  ordered,
  percent,
  type Population,
  type RowOf,
  type Table,
  table,
  tagIds,
  text,
  texts,
  uuid
} from "./Table.ts"

const organizationId = text

export const organizations = table("organizations", {
  organizationId,
  name: text,
  timeZone: text,
  weekStart: integer,
  currency: text
}, [])

export const members = table("members", { organizationId, userId: text, name: text, leftAt: nullable(instant) }, [
  "userId"
])

export const tags = table(
  "tags",
  { organizationId, tagId: uuid, name: text, color: text, archivedAt: nullable(instant) },
  ["tagId"]
)

const leadStatus = ordered({
  lead: "New",
  potential: "Potential",
  bad_timing: "Bad timing",
  client: "Client",
  unqualified: "Unqualified"
}, { lead: "blue", potential: "amber", bad_timing: "slate", client: "green", unqualified: "red" })

const direction = ordered({ inbound: "Inbound", outbound: "Outbound" }, { inbound: "teal", outbound: "blue" })

export const leadsTable = table("leads", {
  organizationId,
  leadId: text,
  ownerId: nullable(text),
  assigneeIds: texts,
  tagIds,
  leadType: nullable(ordered({ buyer: "Buyer", seller: "Seller" }, { buyer: "blue", seller: "orange" }), {
    label: "Type"
  }),
  source: nullable(text),
  status: leadStatus,
  createdAt: instant,
  firstCallAt: nullable(instant)
}, ["leadId"])

export const spellsTable = table("lead_status_spells", {
  organizationId,
  leadId: text,
  status: leadStatus,
  startedAt: instant,
  endedAt: nullable(instant)
}, ["leadId", "startedAt", "status"])

export const dealsTable = table("deals", {
  organizationId,
  dealId: text,
  leadId: nullable(text),
  ownerId: nullable(text),
  assigneeIds: texts,
  stage: ordered({
    qualified: "Qualified",
    viewing: "Viewing",
    offer: "Offer",
    reserved: "Reserved",
    under_contract: "Under contract"
  }, { qualified: "slate", viewing: "blue", offer: "violet", reserved: "amber", under_contract: "green" }),
  status: ordered({ open: "Open", won: "Won", lost: "Lost" }, { open: "blue", won: "green", lost: "red" }),
  lostReason: nullable(text, { noneLabel: "No reason", isFolded: true, label: "Reason" }),
  price: nullable(money),
  currency: text,
  commissionMode: nullable(ordered({ percent: "Percent", fixed: "Fixed" })),
  commissionPercent: nullable(percent),
  commissionAmount: nullable(money),
  createdAt: instant,
  closedAt: nullable(instant),
  expectedCloseAt: nullable(instant)
}, ["dealId"])

export const sharesTable = table("deal_shares", {
  organizationId,
  dealId: text,
  shareId: text,
  party: ordered({ collaborator: "Collaborator", agent: "Agent" }),
  userId: nullable(text),
  name: text,
  mode: ordered({ percent: "Percent", fixed: "Fixed" }),
  percent: nullable(percent),
  amount: nullable(money)
}, ["dealId", "shareId"])

const tasksTable = table("tasks", {
  organizationId,
  taskId: text,
  leadId: nullable(text),
  ownerId: nullable(text),
  assigneeIds: texts,
  createdAt: instant,
  dueAt: nullable(instant),
  completedAt: nullable(instant)
}, ["taskId"])

const callsTable = table("calls", {
  organizationId,
  callId: text,
  leadId: nullable(text),
  ownerId: nullable(text),
  direction,
  outcome: ordered({
    success: "Success",
    no_answer: "No answer",
    busy: "Busy",
    failed: "Failed",
    invalid_number: "Invalid number",
    canceled: "Canceled"
  }, {
    success: "green",
    no_answer: "amber",
    busy: "orange",
    failed: "red",
    invalid_number: "pink",
    canceled: "slate"
  }),
  durationSeconds: integer,
  startedAt: instant
}, ["callId"])

export const emailsTable = table("emails", {
  organizationId,
  emailId: text,
  leadId: nullable(text),
  ownerId: nullable(text),
  threadId: nullable(text),
  direction,
  sentAt: instant
}, ["emailId"])

const population = (table: string, owner: Field<"text">, assignees?: Field<"texts">): Population => ({
  table,
  seenBy: { owner, assignees }
})

const shared = <F extends { readonly ownerId: Field<"text">; readonly assigneeIds: Field<"texts"> }>(
  table: { readonly name: string; readonly fields: F }
) => ({ ...table.fields, population: population(table.name, table.fields.ownerId, table.fields.assigneeIds) })

const owned = <F extends { readonly ownerId: Field<"text"> }>(
  table: { readonly name: string; readonly fields: F }
) => ({ ...table.fields, population: population(table.name, table.fields.ownerId) })

export const leads = shared(leadsTable)
export const deals = shared(dealsTable)
export const tasks = shared(tasksTable)

/** A call or an email has only its owner as viewer, even if its lead has more viewers. */
export const calls = owned(callsTable)
export const emails = owned(emailsTable)

/** The import reads the tables in this order. */
export const contract = {
  organizations,
  members,
  tags,
  leads: leadsTable,
  leadStatusSpells: spellsTable,
  deals: dealsTable,
  dealShares: sharesTable,
  tasks: tasksTable,
  calls: callsTable,
  emails: emailsTable
}

/** Each table has its name in PostgreSQL. */
export const crmTables: ReadonlyArray<Table> = Object.values<Table>(contract)

export type Tables = { readonly [T in keyof typeof contract]: ReadonlyArray<RowOf<(typeof contract)[T]>> }
