import { sources } from "../../columnStore/joined/sources.ts"
import { imageFields, projections } from "../../columnStore/projection.ts"
import { members, organizations, tags } from "../../metrics/crm.ts"
import type { Field } from "../../metrics/Table.ts"

const ofOrganizations = organizations.fields
const ofMembers = members.fields

const accessFields: ReadonlyMap<string, ReadonlyArray<Field>> = new Map([
  [organizations.name, [ofOrganizations.timeZone, ofOrganizations.weekStart, ofOrganizations.currency]],
  [members.name, [ofMembers.userId, ofMembers.name, ofMembers.leftAt]]
])

export const accessTables: ReadonlySet<string> = new Set(accessFields.keys())

const joinedFieldsOf = (table: string) =>
  sources.filter((source) => source.table === table).flatMap(({ fields, key }) => [key, ...fields])

/** A table can be both counted and joined. */
export const countedTables = [...new Set([...projections.keys(), ...sources.map(({ table }) => table), tags.name])]

const countedFields = countedTables.map((table) =>
  [table, [...new Set([...imageFields.get(table) ?? [], ...joinedFieldsOf(table)])]] as const
)

export const loggedFields: ReadonlyMap<string, ReadonlyArray<Field>> = new Map([...countedFields, ...accessFields])
