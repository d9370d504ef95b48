import { leadBehind } from "../../metrics/dealParts.ts"
import { leadScopeOf } from "../definitions.ts"
import type { Plan } from "../Plan.ts"
import { cell, predicate } from "./measure.ts"
import { isAmong, lines, organization, type Params, people, person, type StatementShape } from "./Statement.ts"

interface RowFilter {
  readonly owned: string
  readonly shared: string | undefined
}

export const isAssigned = ({ metric, people: count }: StatementShape): string => {
  const { assignees } = metric.from.seenBy
  if (assignees === undefined) return "false"
  const overlaps = count === "one"
    ? `${person} = ANY (${cell(assignees)})`
    : `${cell(assignees)} && ${people}`
  return `${cell(assignees)} <> '{}' AND ${overlaps}`
}

export const rowFilter = (shape: StatementShape): RowFilter => {
  const { assignees, owner } = shape.metric.from.seenBy
  const owned = isAmong(cell(owner), shape)
  if (assignees === undefined) return { owned, shared: undefined }
  const isOwned = shape.people === "many" ? `${cell(owner)} IN (SELECT unnest(${people}))` : owned
  return { owned, shared: `${isAssigned(shape)} AND (${isOwned}) IS NOT TRUE` }
}

const membersOf = (params: Params): string => params.texts(({ scope }) => scope.allMembers ?? [])

/** This SQL is true for null, too. */
export const isNoMember = (userId: string, params: Params): string =>
  `(${userId} = ANY (${membersOf(params)})) IS NOT TRUE`

export const isAssignedToNobody = ({ metric }: StatementShape, params: Params): string => {
  const { assignees } = metric.from.seenBy
  return assignees === undefined ? "true" : `NOT (${cell(assignees)} && ${membersOf(params)})`
}

/** The condition is true for rows that no member owns or is assigned to. Without them in scope, there is no condition. */
export const isNobodys = (shape: StatementShape, params: Params): ReadonlyArray<string> =>
  shape.hasNobody
    ? [`${isNoMember(cell(shape.metric.from.seenBy.owner), params)} AND ${isAssignedToNobody(shape, params)}`]
    : []

const planFilter = (
  { field, hasOneValue, orNone }: StatementShape["filters"][number],
  index: number,
  params: Params
): string => {
  const values = ({ filters }: Plan) => filters.applied[index]?.values ?? []
  if (field.kind === "uuids") return `${cell(field)} && ${params.uuids(values)}`
  const matches = hasOneValue
    ? `${cell(field)} = ${params.text((plan) => values(plan)[0] ?? "")}`
    : `${cell(field)} = ANY (${params.texts(values)})`
  return orNone ? `(${matches} OR ${cell(field)} IS NULL)` : matches
}

export const where = (conditions: ReadonlyArray<string>): string => `WHERE ${conditions.join("\n  AND ")}`

/** The lead behind a row, if its owner or an assignee is in the scope, or if it is nobody's and those leads are seen. */
const joinLead = ({ leads }: StatementShape, params: Params): string => {
  if (leads === "none") return ""
  const [owner, assignees] = [cell(leadBehind.seenBy.owner), cell(leadBehind.seenBy.assignees)]
  const seen = params.texts((plan) => leadScopeOf(plan).people.map(({ userId }) => userId))
  const all = leads === "ofPeople" ? undefined : params.texts((plan) => leadScopeOf(plan).allMembers ?? [])
  const isSeen = [
    `${owner} = ANY (${seen})`,
    `${assignees} && ${seen}`,
    ...(all === undefined ? [] : [`((${owner} = ANY (${all})) IS NOT TRUE AND NOT (${assignees} && ${all}))`])
  ]
  return lines(
    `LEFT JOIN crm.leads l ON l.organization_id = ${organization} AND l.lead_id = r.lead_id`,
    `  AND (${isSeen.join(" OR ")})`
  )
}

/** The condition on people is the slowest, so it comes last and PostgreSQL evaluates it last. */
export const fromWhere = (shape: StatementShape, params: Params, during: ReadonlyArray<string>) => {
  const { from, where: population } = shape.metric
  const conditions = [
    ...during,
    ...(population === undefined ? [] : [predicate(population, params)]),
    ...shape.filters.map((filter, index) => planFilter(filter, index, params))
  ]
  const lead = joinLead(shape, params)
  return (inScope: string): string =>
    lines(`FROM crm.${from.table} r`, lead, where([`r.organization_id = ${organization}`, ...conditions, inScope]))
}
