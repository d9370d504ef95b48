import { assert, describe, it } from "@effect/vitest"
import { demoParts, demoTables } from "../../src/data/demo.ts"
import { demoOrganizationIds } from "../../src/data/demo/organizations.ts"
import { contract, type Tables } from "../../src/metrics/crm.ts"
import type { Table } from "../../src/metrics/Table.ts"

const now = Date.parse("2026-11-24T12:00:00Z")
const demo = { seed: 1, now, leads: 5_000 }
const tables = demoTables(demo)
const someOf = <A>(rows: ReadonlyArray<A>, claim: (row: A) => boolean) => assert.isTrue(rows.some(claim))
const shareOf = <A>(rows: ReadonlyArray<A>, claim: (row: A) => boolean) => rows.filter(claim).length / rows.length

const counted = (tables: Tables) => Object.values(tables).reduce((total, rows) => total + rows.length, 0)

const keysOf = (table: Table, rows: ReadonlyArray<Readonly<Record<string, unknown>>>) =>
  rows.map((row) => ["organizationId", ...table.key].map((name) => String(row[name])).join(" "))

describe("the demo data", () => {
  it("the demo data depends only on the number of leads, the seed and the time", () => {
    const few = { ...demo, leads: 60 }
    assert.deepStrictEqual(demoTables(few), demoTables(few))
    assert.notDeepEqual(demoTables(few).leads, demoTables({ ...few, seed: 2 }).leads)
  })
  it("the demo data has the requested number of leads, in two organizations of about twelve people", () => {
    assert.strictEqual(tables.leads.length, 5_000)
    assert.deepStrictEqual(tables.organizations.map((row) => row.organizationId), ["org_demo", "org_harbor"])
    assert.strictEqual(tables.members.length, 23)
  })
  it("no two rows of the demo data have the same primary key", () => {
    for (const [name, table] of Object.entries<Table>(contract)) {
      const keys = keysOf(table, Object.entries(tables).find(([of]) => of === name)?.[1] ?? [])
      assert.strictEqual(new Set(keys).size, keys.length, name)
    }
  })
  it("the demo data includes shared leads, leads with several tags and leads without an owner", () => {
    someOf(tables.leads, (lead) => lead.assigneeIds.length > 1)
    someOf(tables.leads, (lead) => lead.ownerId !== null && lead.assigneeIds.includes(lead.ownerId))
    someOf(tables.leads, (lead) => lead.tagIds.length > 2)
    someOf(tables.leads, (lead) => lead.ownerId === null)
    const archived = new Set(tables.tags.filter((tag) => tag.archivedAt !== null).map((tag) => tag.tagId))
    someOf(tables.leads, (lead) => lead.tagIds.some((tagId) => archived.has(tagId)))
  })
  it("no lead or call of the demo data belongs to a person who had already left", () => {
    const leaves = new Map(tables.members.flatMap(({ leftAt, userId }) => leftAt === null ? [] : [[userId, leftAt]]))
    assert.strictEqual(leaves.size, 4)
    const isLate = (ownerId: string | null, at: number) => at >= (leaves.get(ownerId ?? "") ?? Infinity)
    assert.isFalse(tables.leads.some((lead) => isLate(lead.ownerId, lead.createdAt)))
    assert.isFalse(tables.calls.some((call) => isLate(call.ownerId, call.startedAt)))
    someOf(tables.leads, (lead) => leaves.has(lead.ownerId ?? ""))
  })
  it("each lead of the demo data has one open spell, which has the lead's status", () => {
    const open = tables.leadStatusSpells.filter((spell) => spell.endedAt === null)
    const statusOf = new Map(tables.leads.map((lead) => [`${lead.organizationId} ${lead.leadId}`, lead.status]))
    assert.strictEqual(open.length, tables.leads.length)
    for (const spell of open) {
      assert.strictEqual(statusOf.get(`${spell.organizationId} ${spell.leadId}`), spell.status)
    }
  })
  it("firstCallAt of each lead of the demo data is the time of its first outbound call, or null", () => {
    const first = new Map<string, number>()
    for (const call of tables.calls.filter((call) => call.direction === "outbound")) {
      const key = `${call.organizationId} ${call.leadId}`
      first.set(key, Math.min(first.get(key) ?? Infinity, call.startedAt))
    }
    for (const lead of tables.leads) {
      assert.strictEqual(first.get(`${lead.organizationId} ${lead.leadId}`) ?? null, lead.firstCallAt)
    }
  })
  it("the demo data includes deals with missing prices, inconsistent dates and every commission mode", () => {
    const { deals } = tables
    assert.deepStrictEqual([...new Set(deals.map((deal) => deal.currency))].toSorted(), ["EUR", "GBP", "USD"])
    assert.deepStrictEqual([...new Set(deals.map((deal) => deal.commissionMode))].toSorted(), [
      "fixed",
      null,
      "percent"
    ])
    someOf(deals, (deal) => deal.price === null)
    someOf(deals, (deal) => deal.status === "won" && deal.closedAt === null)
    someOf(deals, (deal) => deal.closedAt !== null && deal.closedAt < deal.createdAt)
    someOf(deals, (deal) => deal.commissionMode === "percent" && deal.commissionPercent === null)
    for (const reason of ["Price too high", "price too high", "PRICE TOO HIGH ", ""]) {
      someOf(deals, (deal) => deal.lostReason === reason)
    }
    for (const party of ["collaborator", "agent"]) {
      for (const mode of ["percent", "fixed"]) {
        someOf(tables.dealShares, (share) => share.party === party && share.mode === mode)
      }
    }
  })
  it("the demo data includes completed, pending and overdue tasks, and tasks without a due date", () => {
    someOf(tables.tasks, (task) => task.completedAt === null && task.dueAt !== null && task.dueAt > now)
    someOf(tables.tasks, (task) => task.completedAt === null && task.dueAt !== null && task.dueAt < now)
    someOf(tables.tasks, (task) => task.dueAt === null)
    const completed = shareOf(tables.tasks, (task) => task.completedAt !== null)
    assert.isTrue(completed > 0.6 && completed < 0.85)
  })
  it("the demo data has unknown statuses and sources, leads created in the future, and few leads on weekends", () => {
    someOf(tables.leads, (lead) => lead.status === "nurturing")
    someOf(tables.leads, (lead) => lead.source === "tiktok")
    someOf(tables.calls, (call) => call.outcome === "voicemail")
    someOf(tables.leads, (lead) => lead.createdAt > now)
    assert.isTrue(shareOf(tables.leads, (lead) => [0, 6].includes(new Date(lead.createdAt).getUTCDay())) < 0.15)
    const recent = shareOf(tables.leads, (lead) => lead.createdAt > now - 365 * 86_400_000)
    assert.isTrue(recent > 0.55 && recent < 0.7)
  })
  it("the demo data includes email threads that are answered within fourteen days, later and never", () => {
    const opened = new Map<string, number>()
    for (const mail of tables.emails) {
      if (mail.direction === "outbound" && mail.threadId !== null) {
        const key = `${mail.organizationId} ${mail.threadId}`
        opened.set(key, Math.min(opened.get(key) ?? Infinity, mail.sentAt))
      }
    }
    const waits = tables.emails.flatMap((mail) => {
      const at = opened.get(`${mail.organizationId} ${mail.threadId}`)
      return mail.direction === "inbound" && at !== undefined ? [(mail.sentAt - at) / 86_400_000] : []
    })
    someOf(waits, (days) => days > 0 && days < 14)
    someOf(waits, (days) => days > 14)
    assert.isTrue(opened.size > waits.length)
    someOf(tables.emails, (mail) => mail.threadId === null)
  })
})

describe("the demo data in parts", () => {
  it("the demo data made in parts has the same emails as the demo data made at once", () => {
    const few = { ...demo, leads: 100 }
    const parts = [...demoParts(few, 7)]
    assert.deepStrictEqual(parts.flatMap((part) => part.emails), [...demoTables(few).emails])
    assert.isTrue(parts.every((part) => part.leads.length <= 7))
  })
  it("in demo data of 100,000 leads, the first organization has forty members", () => {
    const many = demoParts({ ...demo, leads: 100_000 }, 100)
    const first = many.next().value
    assert.strictEqual(first?.members.length, 40)
    assert.isTrue(demoOrganizationIds.includes(first?.organizations[0]?.organizationId ?? ""))
  })
  it("the demo data has about nine rows per lead", () => {
    const rows = counted(tables) / tables.leads.length
    assert.isTrue(rows > 8.5 && rows < 9.1, String(rows))
  })
})
