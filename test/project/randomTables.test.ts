import { assert, describe, it } from "@effect/vitest"
import { random } from "../../src/data/Random.ts"
import { contract, type Tables } from "../../src/metrics/crm.ts"
import type { Table } from "../../src/metrics/Table.ts"
import { now, randomTables } from "../support/randomTables.ts"

const stores = Array.from({ length: 150 }, (_, seed) => randomTables(seed))
const some = (claim: (tables: Tables) => boolean) => assert.isTrue(stores.some(claim))

const keysOf = (table: Table, rows: ReadonlyArray<Readonly<Record<string, unknown>>>) =>
  rows.map((row) => ["organizationId", ...table.key].map((name) => String(row[name])).join(" "))

describe("random numbers", () => {
  it("an equal seed gives equal random integers on every machine", () => {
    const chance = random(7)
    assert.deepStrictEqual([1, 2, 3, 4].map(() => chance.integer(0, 999_999)), [893_695, 980_390, 186_605, 383_741])
  })
  it("500 random integers from 1 to 6 contain each of the six numbers and no other number", () => {
    const chance = random(1)
    const drawn = Array.from({ length: 500 }, () => chance.integer(1, 6))
    assert.deepStrictEqual([...new Set(drawn)].toSorted(), [1, 2, 3, 4, 5, 6])
  })
})

describe("random stores", () => {
  it("a random store depends only on its seed", () => {
    assert.deepStrictEqual(randomTables(5), randomTables(5))
    assert.notDeepEqual(randomTables(5), randomTables(6))
  })
  it("no two rows of a random store have the same primary key", () => {
    for (const tables of stores) {
      for (const [name, table] of Object.entries<Table>(contract)) {
        const keys = keysOf(table, Object.entries(tables).find(([of]) => of === name)?.[1] ?? [])
        assert.strictEqual(new Set(keys).size, keys.length, name)
      }
    }
  })
  it("150 random stores include empty tables, repeated ids, future times and former members", () => {
    some(({ organizations }) => organizations.length === 3)
    some(({ leads }) => leads.length === 0)
    some(({ leads }) => leads.some((lead) => new Set(lead.tagIds).size < lead.tagIds.length))
    some(({ leads }) => leads.some((lead) => new Set(lead.assigneeIds).size < lead.assigneeIds.length))
    some(({ leads }) => leads.some((lead) => lead.ownerId !== null && lead.assigneeIds.includes(lead.ownerId)))
    some(({ leads }) => leads.some((lead) => lead.ownerId === null && lead.assigneeIds.length > 0))
    some(({ leads }) => leads.some((lead) => lead.createdAt === now))
    some(({ leads }) => leads.some((lead) => lead.createdAt > now))
    some(({ leadStatusSpells }) => leadStatusSpells.some((spell) => spell.startedAt === spell.endedAt))
    some(({ deals }) => deals.some((deal) => deal.closedAt !== null && deal.closedAt < deal.createdAt))
    some(({ deals }) => deals.some((deal) => deal.price === 9_999_999_999_999_999n))
    some(({ members }) => members.some((member) => member.leftAt !== null))
  })
})
