import { Effect } from "effect"
import type { Record } from "../../src/domain/Records.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import type { Question } from "../support/ask.ts"
import { expect, expectSame } from "./Broken.ts"
import { seenBy } from "./visible.ts"

interface Visible {
  readonly ownerId: string | null
  readonly assigneeIds?: ReadonlyArray<string>
}

/** Finds the row of a record. The row of a spell is its lead, and the row of a share is its deal. */
const rowOf = ({ calls, deals, emails, leads, tasks }: Tables, { id, type }: Record): Visible | undefined => {
  const [parent] = id.split("/")
  switch (type) {
    case "lead":
      return leads.find(({ leadId }) => leadId === id)
    case "deal":
      return deals.find(({ dealId }) => dealId === id)
    case "task":
      return tasks.find(({ taskId }) => taskId === id)
    case "call":
      return calls.find(({ callId }) => callId === id)
    case "email":
      return emails.find(({ emailId }) => emailId === id)
    case "spell":
      return leads.find(({ leadId }) => leadId === parent)
    case "share":
      return deals.find(({ dealId }) => dealId === parent)
  }
}

/** Each record must be a row that these people see, and must name nobody else. */
export const expectVisible = Effect.fnUntraced(function*(
  asked: unknown,
  { caller }: Question,
  people: ReadonlyArray<string>,
  tables: Tables,
  records: ReadonlyArray<Record>
) {
  const { visible } = seenBy(caller, people, tables)
  for (const record of records) {
    const row = rowOf(visible, record)
    yield* expect(row !== undefined, "every record is seen by somebody in scope", asked, record)
    if (row === undefined || record.type === "spell" || record.type === "share") continue
    const { assigneeIds, ownerId } = record.fields
    yield* expectSame("a record names its people in scope only", asked, {
      found: [ownerId?.values, assigneeIds?.values ?? []],
      rule: [
        row.ownerId !== null && people.includes(row.ownerId) ? [row.ownerId] : [],
        [...new Set(row.assigneeIds ?? [])].filter((id) => people.includes(id))
      ]
    })
  }
})
