import { leadsTable, spellsTable } from "../../../metrics/crm.ts"
import type { Field } from "../../../metrics/Table.ts"

type Cell = (field: Field) => unknown

/** A table whose rows are joined by `key`. */
export interface Source {
  readonly table: string
  readonly key: Field<"text">
  readonly fields: ReadonlyArray<Field>
  /** Rows without a key are left out, and rows that this function refuses. */
  readonly isJoined?: (cell: Cell) => boolean
}

const { assigneeIds, leadId, ownerId } = leadsTable.fields
const { endedAt, startedAt, status } = spellsTable.fields

export const leadSource: Source = { table: leadsTable.name, key: leadId, fields: [ownerId, assigneeIds] }

export const spellSource: Source = {
  table: spellsTable.name,
  key: spellsTable.fields.leadId,
  fields: [status, startedAt, endedAt]
}

export const sources: ReadonlyArray<Source> = [leadSource, spellSource]
