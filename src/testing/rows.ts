import type { Tables } from "../metrics/crm.ts"

type Row<Name extends keyof Tables> = Tables[Name][number]

/** The text is in UTC. A date means midnight. */
export const time = (text: string) => Date.parse(text.includes("T") ? `${text}Z` : `${text}T00:00Z`)

export const euros = (amount: number) => BigInt(Math.round(amount * 100))
export const percents = (amount: number) => BigInt(Math.round(amount * 10_000))

const organizationId = "org"

export const noTables: Tables = {
  organizations: [{ organizationId, name: "Org", timeZone: "UTC", weekStart: 1, currency: "EUR" }],
  members: [],
  tags: [],
  leads: [],
  leadStatusSpells: [],
  deals: [],
  dealShares: [],
  tasks: [],
  calls: [],
  emails: []
}

export const member = (
  userId: string,
  name: string,
  leftAt: number | null = null,
  row: Partial<Row<"members">> = {}
): Row<"members"> => ({ organizationId, userId, name, leftAt, ...row })

export const lead = (leadId: string, createdAt: string, row: Partial<Row<"leads">> = {}): Row<"leads"> => ({
  organizationId,
  leadId,
  ownerId: "ana",
  assigneeIds: [],
  tagIds: [],
  leadType: null,
  source: null,
  status: "lead",
  createdAt: time(createdAt),
  firstCallAt: null,
  ...row
})

export const spell = (
  leadId: string,
  status: string,
  startedAt: string,
  endedAt: string | null
): Row<"leadStatusSpells"> => ({
  organizationId,
  leadId,
  status,
  startedAt: time(startedAt),
  endedAt: endedAt === null ? null : time(endedAt)
})

export const deal = (dealId: string, createdAt: string, row: Partial<Row<"deals">> = {}): Row<"deals"> => ({
  organizationId,
  dealId,
  leadId: null,
  ownerId: "ana",
  assigneeIds: [],
  stage: "qualified",
  status: "open",
  lostReason: null,
  price: null,
  currency: "EUR",
  commissionMode: null,
  commissionPercent: null,
  commissionAmount: null,
  createdAt: time(createdAt),
  closedAt: null,
  expectedCloseAt: null,
  ...row
})

export const share = (dealId: string, shareId: string, row: Partial<Row<"dealShares">>): Row<"dealShares"> => ({
  organizationId,
  dealId,
  shareId,
  party: "agent",
  userId: null,
  name: shareId,
  mode: row.amount === undefined ? "percent" : "fixed",
  percent: null,
  amount: null,
  ...row
})

export const task = (taskId: string, createdAt: string, row: Partial<Row<"tasks">> = {}): Row<"tasks"> => ({
  organizationId,
  taskId,
  leadId: null,
  ownerId: "ana",
  assigneeIds: [],
  createdAt: time(createdAt),
  dueAt: null,
  completedAt: null,
  ...row
})

export const call = (callId: string, startedAt: string, row: Partial<Row<"calls">> = {}): Row<"calls"> => ({
  organizationId,
  callId,
  leadId: null,
  ownerId: "ana",
  direction: "outbound",
  outcome: "success",
  durationSeconds: 0,
  startedAt: time(startedAt),
  ...row
})

export const email = (emailId: string, sentAt: string, row: Partial<Row<"emails">> = {}): Row<"emails"> => ({
  organizationId,
  emailId,
  leadId: null,
  ownerId: "ana",
  threadId: null,
  direction: "outbound",
  sentAt: time(sentAt),
  ...row
})
