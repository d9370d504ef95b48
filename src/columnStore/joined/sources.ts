import { dealsTable, emailsTable, leadsTable, sharesTable, spellsTable } from "../../metrics/crm.ts"
import type { Field } from "../../metrics/Table.ts"

export interface Source {
  readonly table: string
  readonly key: Field<"text">
  readonly fields: ReadonlyArray<Field>
  /** Rows without a key, and rows with another text in this field, are left out. */
  readonly only?: { readonly field: Field<"text">; readonly text: string }
}

const { assigneeIds, leadId, ownerId } = leadsTable.fields
const { endedAt, startedAt, status } = spellsTable.fields

export const leadSource: Source = { table: leadsTable.name, key: leadId, fields: [ownerId, assigneeIds] }

export const spellSource: Source = {
  table: spellsTable.name,
  key: spellsTable.fields.leadId,
  fields: [status, startedAt, endedAt]
}

const deal = dealsTable.fields

export const dealSource: Source = {
  table: dealsTable.name,
  key: deal.dealId,
  fields: [
    deal.ownerId,
    deal.assigneeIds,
    deal.currency,
    deal.closedAt,
    deal.price,
    deal.commissionMode,
    deal.commissionPercent,
    deal.commissionAmount
  ],
  only: { field: deal.status, text: "won" }
}

const lead = leadsTable.fields

export const leadBehindSource: Source = {
  table: leadsTable.name,
  key: lead.leadId,
  fields: [lead.ownerId, lead.assigneeIds, lead.source, lead.leadType, lead.tagIds]
}

export const dealOfLeadSource: Source = {
  table: dealsTable.name,
  key: deal.leadId,
  fields: [
    deal.ownerId,
    deal.assigneeIds,
    deal.stage,
    deal.status,
    deal.lostReason,
    deal.currency,
    deal.price,
    deal.createdAt,
    deal.closedAt,
    deal.expectedCloseAt
  ]
}

const share = sharesTable.fields

export const shareSource: Source = {
  table: sharesTable.name,
  key: share.dealId,
  fields: [share.party, share.userId, share.mode, share.percent, share.amount]
}

const mail = emailsTable.fields

export const mailSource: Source = {
  table: emailsTable.name,
  key: mail.threadId,
  fields: [mail.ownerId, mail.direction, mail.sentAt]
}

export const sources: ReadonlyArray<Source> = [
  leadSource,
  spellSource,
  dealSource,
  shareSource,
  mailSource,
  leadBehindSource,
  dealOfLeadSource
]
