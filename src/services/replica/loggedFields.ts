import { imageFields } from "../../columnStore/projection.ts"
import { members, organizations } from "../../metrics/crm.ts"
import type { Field } from "../../metrics/Table.ts"

const ofOrganizations = organizations.fields
const ofMembers = members.fields

const accessFields: ReadonlyMap<string, ReadonlyArray<Field>> = new Map([
  [organizations.name, [ofOrganizations.timeZone, ofOrganizations.weekStart, ofOrganizations.currency]],
  [members.name, [ofMembers.userId, ofMembers.name, ofMembers.leftAt]]
])

export const accessTables: ReadonlySet<string> = new Set(accessFields.keys())

export const loggedFields: ReadonlyMap<string, ReadonlyArray<Field>> = new Map([...imageFields, ...accessFields])
