import { isZone } from "../../domain/Calendar.ts"
import { isReservedKey } from "../../domain/reservedKeys.ts"
import { isStorable, unstorable } from "../../domain/Text.ts"
import type { Field } from "../../metrics/Table.ts"
import { entriesOf } from "./cell.ts"

type Rule = (value: string) => string | undefined

const octets = (maximum: number): Rule => (value) =>
  value.length * 3 > maximum && Buffer.byteLength(value) > maximum ? `has more than ${maximum} bytes` : undefined

const notReserved: Rule = (value) => isReservedKey(value) ? "is reserved" : undefined

const matching = (pattern: RegExp, reason: string): Rule => (value) => pattern.test(value) ? undefined : reason

const person = [octets(100), notReserved]

/** A key is `table.field`, or the name of a field in all tables. */
const special: { readonly [name: string]: ReadonlyArray<Rule> } = {
  organizationId: [octets(100)],
  ownerId: person,
  userId: person,
  assigneeIds: person,
  "leads.leadId": [octets(100)],
  "deals.dealId": [octets(100)],
  source: [octets(255), notReserved],
  lostReason: [notReserved],
  threadId: [octets(1_000)],
  currency: [matching(/^[A-Z]{3}$/, "is not a currency of three capital letters")],
  timeZone: [(value) => isZone(value) ? undefined : "is not a time zone such as Europe/Madrid"],
  weekStart: [matching(/^[1-7]$/, "is not a weekday from 1 (Monday) to 7")],
  durationSeconds: [matching(/^\d+$/, "is negative")],
  "deals.status": [matching(/^(open|won|lost)$/, "is not open, won or lost")]
}

const inIndex = octets(1_000)

const rulesOf = ({ known, name, table }: Field): ReadonlyArray<Rule> => [
  ...(special[`${table}.${name}`] ?? special[name] ?? (name.endsWith("Id") ? [inIndex] : [])),
  ...(known.length > 0 ? [octets(64), notReserved] : [])
]

const storable: Rule = (value) => isStorable(value) ? undefined : unstorable

const sizeOf = (values: ReadonlyArray<string>): number =>
  values.reduce((size, value) => size + 4 + Math.ceil(Buffer.byteLength(value) / 4) * 4, 24)

const crowded: Rule = (value) =>
  value.length > 460 && sizeOf(entriesOf(value)) > 1_900 ? "has too many people" : undefined

export const faultOf = (field: Field): Rule => {
  const rules = [storable, ...rulesOf(field)]
  const find = (value: string) => {
    for (const rule of rules) {
      const fault = rule(value)
      if (fault !== undefined) return fault
    }
    return undefined
  }
  if (field.kind !== "texts") return find
  return (value) => crowded(value) ?? entriesOf(value).map(find).find((fault) => fault !== undefined)
}
