import type { Tables } from "../../src/metrics/crm.ts"
import {
  call,
  deal,
  email,
  euros,
  lead,
  member,
  noTables,
  percents,
  share,
  spell,
  task,
  time
} from "../../src/testing/rows.ts"

export const hot = "00000000-0000-4000-8000-00000000000a"
export const vip = "00000000-0000-4000-8000-00000000000b"

/** The tests run at this time, on a Friday morning. */
export const asOf = time("2024-05-17T09:30")

const bo = { ownerId: "bo" }
const dora = { ownerId: "dora" }

const leads: Tables["leads"] = [
  lead("L1", "2024-05-02T10:00", {
    assigneeIds: ["bo"],
    tagIds: [hot, vip],
    leadType: "buyer",
    source: "web",
    status: "client",
    firstCallAt: time("2024-05-02T11:30")
  }),
  lead("L2", "2024-05-02T12:00", { ...bo, tagIds: [hot], leadType: "seller" }),
  lead("L3 called before it came", "2024-05-10", {
    assigneeIds: ["ana"],
    tagIds: [hot, hot],
    source: "web",
    status: "on_hold",
    firstCallAt: time("2024-05-09")
  }),
  lead("L4 assigned only, just now", "2024-05-17T09:30", {
    ownerId: null,
    assigneeIds: ["bo"],
    leadType: "buyer",
    source: "portal",
    status: "client"
  }),
  lead("L5 of nobody", "2024-05-05", { ownerId: null, status: "client" }),
  lead("L6 after now", "2024-05-17T09:31"),
  lead("L7 of the month before", "2024-04-10", { tagIds: [vip], firstCallAt: time("2024-04-10T00:30") }),
  lead("L8 after the cut of the month before", "2024-04-20"),
  lead("L9 of somebody else", "2024-05-03", { ...dora, tagIds: [hot], status: "client" }),
  lead("L10 of another organization", "2024-05-03", { organizationId: "rival" })
]

const leadStatusSpells: Tables["leadStatusSpells"] = [
  spell("L1", "lead", "2024-04-25", "2024-05-02"),
  spell("L1", "client", "2024-05-02", null),
  spell("L2", "lead", "2024-05-02T12:00", "2024-05-02T12:00"),
  spell("L3 called before it came", "potential", "2024-04-01", "2024-05-01"),
  spell("L9 of somebody else", "unqualified", "2024-05-03", null)
]

const won = (closedAt: string) => ({ status: "won", closedAt: time(closedAt) })
const lost = (closedAt: string, lostReason: string | null) => ({ status: "lost", closedAt: time(closedAt), lostReason })

const deals: Tables["deals"] = [
  deal("D1", "2024-04-01", {
    ...won("2024-05-02"),
    leadId: "L1",
    assigneeIds: ["bo"],
    stage: "under_contract",
    price: euros(100_000),
    commissionMode: "percent",
    commissionPercent: percents(5)
  }),
  deal("D2 closed before it was made", "2024-05-08", {
    ...won("2024-05-03"),
    ...bo,
    leadId: "L2",
    stage: "reserved",
    commissionMode: "fixed",
    commissionAmount: euros(300)
  }),
  deal("D3 in dollars", "2024-05-01", {
    ...won("2024-05-05"),
    stage: "reserved",
    currency: "USD",
    price: euros(50_000),
    commissionMode: "percent",
    commissionPercent: percents(3)
  }),
  deal("D4", "2024-04-06", lost("2024-05-06", "Price ")),
  deal("D5", "2024-04-07", { ...bo, leadId: "L1", ...lost("2024-05-07", " price") }),
  deal("D6", "2024-04-08", { ...bo, leadId: "a deleted lead", ...lost("2024-05-08", null) }),
  deal("D7", "2024-05-10", {
    leadId: "L4 assigned only, just now",
    stage: "viewing",
    price: euros(20_000),
    expectedCloseAt: time("2024-05-20T12:00")
  }),
  deal("D8", "2024-05-11", { ...bo, assigneeIds: ["ana"], stage: "viewing" }),
  deal("D9", "2024-04-05", { stage: "offer", currency: "USD", price: euros(7_000) }),
  deal("D10 of the month before", "2024-04-01", { ...won("2024-04-03"), price: euros(80_000) }),
  deal("D11 of who left", "2024-05-03", {
    ...won("2024-05-04"),
    leadId: "L9 of somebody else",
    ownerId: "cy",
    stage: "signed",
    price: euros(10_000)
  }),
  deal("D12 of somebody else", "2024-05-01", { ...won("2024-05-09"), ...dora, price: euros(1_000_000) }),
  deal("D13 never closed", "2024-04-09", { status: "lost" })
]

const dealShares: Tables["dealShares"] = [
  share("D1", "partner", { party: "collaborator", percent: percents(20) }),
  share("D1", "ana", { userId: "ana", percent: percents(50) }),
  share("D1", "bo", { userId: "bo", amount: euros(500) }),
  share("D1", "dora", { userId: "dora", amount: euros(100) }),
  share("D2 closed before it was made", "bo", { userId: "bo", percent: percents(10) }),
  share("D12 of somebody else", "ana", { userId: "ana", amount: euros(999) })
]

const tasks: Tables["tasks"] = [
  task("T1", "2024-05-01T08:00", {
    assigneeIds: ["bo"],
    dueAt: time("2024-05-10"),
    completedAt: time("2024-05-09")
  }),
  task("T2", "2024-05-02", { ...bo, dueAt: time("2024-05-16") }),
  task("T3", "2024-05-03", { dueAt: time("2024-05-20") }),
  task("T4", "2024-05-04"),
  task("T5 due now, completed later", "2024-04-02", { ...bo, dueAt: asOf, completedAt: asOf + 1 }),
  task("T6", "2024-04-03", { dueAt: time("2024-04-10"), completedAt: time("2024-04-11") }),
  task("T7 of somebody else", "2024-05-03", { ...dora, dueAt: time("2024-05-04") })
]

const calls: Tables["calls"] = [
  call("C1", "2024-05-01T09:00", { durationSeconds: 90 }),
  call("C2", "2024-05-02", { outcome: "no_answer" }),
  call("C3", "2024-05-08", { ...bo, direction: "inbound", durationSeconds: 30 }),
  call("C4", "2024-05-14", { ...bo, outcome: "voicemail", durationSeconds: 10 }),
  call("C5 of the month before", "2024-04-02", { durationSeconds: 60 }),
  call("C6 of nobody", "2024-05-03", { ownerId: null, durationSeconds: 600 }),
  call("C7 of somebody else", "2024-05-03", { ...dora, durationSeconds: 600 })
]

const inbound = { direction: "inbound" }

const emails: Tables["emails"] = [
  email("E1", "2024-05-02", { threadId: "answered after exactly 14 days" }),
  email("E2", "2024-05-16", { threadId: "answered after exactly 14 days", ...inbound }),
  email("E3", "2024-05-03", { ...bo, threadId: "answered too late" }),
  email("E4", "2024-05-17T00:00:00.001", { ...bo, threadId: "answered too late", ...inbound }),
  email("E5", "2024-04-30", { threadId: "opened before" }),
  email("E6", "2024-05-01", { threadId: "opened before" }),
  email("E7", "2024-05-04"),
  email("E8", "2024-05-05", { ...bo, threadId: "opened by them", ...inbound }),
  email("E9", "2024-05-06", { ...bo, threadId: "opened by them" }),
  email("E10 of somebody else", "2024-05-04", { ...dora, threadId: "answered too late", ...inbound })
]

/** This CRM has so few rows that they can be counted by hand. Cy and Ed have left, and Dora is in no tested scope. */
export const office: Tables = {
  ...noTables,
  members: [
    member("ana", "Ana"),
    member("bo", "Bo"),
    member("cy", "Cy", time("2024-05-06")),
    member("dora", "Dora"),
    member("ed", "Ed", time("2024-05-06"))
  ],
  tags: [{ organizationId: "org", tagId: hot, name: "Hot", color: "red", archivedAt: null }],
  leads,
  leadStatusSpells,
  deals,
  dealShares,
  tasks,
  calls,
  emails
}
