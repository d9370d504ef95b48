import { calls, deals, dealsTable, emails, leads, sharesTable, spellsTable, tasks } from "./crm.ts"
import type { Field } from "./Table.ts"

export interface RecordColumn {
  readonly field: Field
  readonly label: string
  readonly is?: "word" | "person"
}

export interface RecordType {
  readonly name: "lead" | "deal" | "task" | "call" | "email" | "spell" | "share"
  /** `subject` is the object that the CRM shows. For a spell, it is the lead. */
  readonly subject: "lead" | "deal" | "task" | "call" | "email"
  readonly key: Field<"text">
  /** A record has this time if its metric has no `at`. */
  readonly at: Field<"instant">
  readonly columns: ReadonlyArray<RecordColumn>
}

const as = (field: Field, label: string): RecordColumn => ({ field, label })
const word = (field: Field, label: string): RecordColumn => ({ field, label, is: "word" })
const person = (field: Field, label: string): RecordColumn => ({ field, label, is: "person" })

export const lead: RecordType = {
  name: "lead",
  subject: "lead",
  key: leads.leadId,
  at: leads.createdAt,
  columns: [
    word(leads.status, "Status"),
    word(leads.source, "Source"),
    word(leads.leadType, "Type"),
    as(leads.tagIds, "Tags"),
    as(leads.createdAt, "Created"),
    as(leads.firstCallAt, "First call"),
    person(leads.ownerId, "Owner"),
    person(leads.assigneeIds, "Assignees")
  ]
}

/** Only admins may see commissions, so no column shows them. */
export const deal: RecordType = {
  name: "deal",
  subject: "deal",
  key: deals.dealId,
  at: deals.createdAt,
  columns: [
    word(deals.stage, "Stage"),
    word(deals.status, "Status"),
    as(deals.price, "Price"),
    as(deals.currency, "Currency"),
    as(deals.lostReason, "Lost reason"),
    as(deals.createdAt, "Created"),
    as(deals.closedAt, "Closed"),
    as(deals.expectedCloseAt, "Expected close"),
    person(deals.ownerId, "Owner"),
    person(deals.assigneeIds, "Assignees")
  ]
}

const task: RecordType = {
  name: "task",
  subject: "task",
  key: tasks.taskId,
  at: tasks.createdAt,
  columns: [
    as(tasks.createdAt, "Created"),
    as(tasks.dueAt, "Due"),
    as(tasks.completedAt, "Completed"),
    person(tasks.ownerId, "Owner"),
    person(tasks.assigneeIds, "Assignees")
  ]
}

const call: RecordType = {
  name: "call",
  subject: "call",
  key: calls.callId,
  at: calls.startedAt,
  columns: [
    word(calls.direction, "Direction"),
    word(calls.outcome, "Outcome"),
    as(calls.durationSeconds, "Seconds"),
    as(calls.startedAt, "Started"),
    person(calls.ownerId, "Owner")
  ]
}

export const email: RecordType = {
  name: "email",
  subject: "email",
  key: emails.emailId,
  at: emails.sentAt,
  columns: [word(emails.direction, "Direction"), as(emails.sentAt, "Sent"), person(emails.ownerId, "Owner")]
}

export const spell: RecordType = {
  name: "spell",
  subject: "lead",
  key: spellsTable.fields.leadId,
  at: spellsTable.fields.startedAt,
  columns: [
    word(spellsTable.fields.status, "Status"),
    as(spellsTable.fields.startedAt, "Started"),
    as(spellsTable.fields.endedAt, "Ended")
  ]
}

export const share: RecordType = {
  name: "share",
  subject: "deal",
  key: sharesTable.fields.dealId,
  at: dealsTable.fields.createdAt,
  columns: [
    person(sharesTable.fields.userId, "Owner"),
    as(sharesTable.fields.name, "Name"),
    word(sharesTable.fields.mode, "Mode"),
    as(sharesTable.fields.percent, "Percent"),
    as(sharesTable.fields.amount, "Amount")
  ]
}

const byTable: ReadonlyMap<string, RecordType> = new Map([
  [leads.population.table, lead],
  [deals.population.table, deal],
  [tasks.population.table, task],
  [calls.population.table, call],
  [emails.population.table, email]
])

export const recordTypeOf = (table: string): RecordType => {
  const found = byTable.get(table)
  if (found === undefined) throw new Error(`No record type describes the rows of ${table}.`)
  return found
}
