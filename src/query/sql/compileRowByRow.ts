import type { Part } from "../../metrics/Metric.ts"
import type { Field } from "../../metrics/Table.ts"
import { accessPaths, eachPerson, nobodysPaths, withOwners } from "./accessPaths.ts"
import { type AccessPath, aggregate, group, type GroupKey } from "./aggregate.ts"
import { cell, predicate } from "./measure.ts"
import { isAssigned } from "./rowFilter.ts"
import { lines, literal, organization, type Params, people, person, type StatementShape } from "./Statement.ts"

/** `counted` has one row per different list of tags. It is faster to split these lists than that of each row. */
const unnest = (counted: string, { amountNames, keyNames }: ReturnType<typeof aggregate>): string =>
  lines(
    `SELECT ${[...keyNames.map((name) => `c.${name}`), "g.id", ...amountNames.map((name) => `c.${name}`)].join(", ")}`,
    "FROM (",
    counted,
    ") c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g"
  )

/** Without `OFFSET 0`, PostgreSQL would read all shared leads. */
const leadsIn = ({ each, rows }: AccessPath): string =>
  each === undefined
    ? lines("SELECT r.lead_id", rows)
    : lines(`SELECT c.lead_id FROM ${each} CROSS JOIN LATERAL (`, "SELECT r.lead_id", rows, "OFFSET 0) c")

/** No index contains tags, so indexes give only the ids of shared leads. One pass then reads all these leads. */
const byTag = (tags: Field, shape: StatementShape, params: Params): string => {
  const leads = aggregate(shape, params)
  const { before, nobodys, owned, shared } = accessPaths(shape, params, leads.read)
  const sharedLeads = lines(
    `FROM crm.leads r WHERE r.organization_id = ${organization} AND r.lead_id = ANY (ARRAY(`,
    shared.map(leadsIn).join("\nUNION ALL\n"),
    "))"
  )
  const byList = [owned, { rows: sharedLeads }, ...nobodys].map((path) =>
    leads.count(path, { name: "list", expression: cell(tags) })
  )
  const label = `(SELECT t.name FROM crm.tags t WHERE t.organization_id = ${organization} AND t.tag_id = s.id)`
  const unnested = byList.map((counted) => unnest(counted, leads))
  return lines(before, leads.sum(unnested, [group, { name: "label", expression: label }], false))
}

/** This SQL is true if the owner is out of scope and the group is the first assignee in scope. */
const isFirst = (owner: Field, assignees: Field): string =>
  `(${cell(owner)} = ANY (${people})) IS NOT TRUE AND g.id = (SELECT min(id COLLATE "C") FROM unnest(${
    cell(assignees)
  }) AS id WHERE id = ANY (${people}))`

/** With many people, nearly all shared rows are in scope, so comparing assignees costs more than it saves. */
const hasAssignees = (assignees: Field, shape: StatementShape): string =>
  shape.people === "many" ? `${cell(assignees)} <> '{}'` : isAssigned(shape)

const byPerson = (shape: StatementShape, params: Params): string => {
  const { assignees, owner } = shape.metric.from.seenBy
  const rows = aggregate(shape, params)
  const byOwner = rows.count(
    { each: eachPerson, rows: rows.read(`${cell(owner)} = o.id`) },
    { name: "id", expression: "o.id", isConstant: true }
  )
  const nobodys = nobodysPaths(shape, params, rows.read)
  const before = withOwners(nobodys.owners)
  const ofNobody = nobodys.paths.map((path) =>
    rows.count(path, { name: "id", expression: "NULL::text", isConstant: true })
  )
  if (assignees === undefined) {
    return lines(before, rows.sum([byOwner, ...ofNobody], [group], ofNobody.length === 0))
  }
  const eachAssignee = lines(
    "FROM (SELECT r.*",
    rows.read(hasAssignees(assignees, shape)),
    `) r CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(${cell(assignees)}) AS id`,
    `WHERE id = ANY (${people}) AND id IS DISTINCT FROM ${cell(owner)}) g`
  )
  const byAssignee = rows.count(
    { rows: eachAssignee, countsCurrency: isFirst(owner, assignees) },
    { name: "id", expression: "g.id" }
  )
  return lines(before, rows.sum([byOwner, byAssignee, ...ofNobody], [group], false))
}

const byKey = (key: GroupKey | undefined, shape: StatementShape, params: Params): string => {
  const { count, read, sum } = aggregate(shape, params)
  const { before, nobodys, owned, shared } = accessPaths(shape, params, read)
  const paths = [owned, ...shared, ...nobodys]
  const counted = paths.map((path) => count(path, ...(key === undefined ? [] : [key])))
  const areDistinct = paths.length === 1 && owned.each === undefined
  return lines(before, sum(counted, key === undefined ? [] : [group], areDistinct))
}

export const partOf = (parts: ReadonlyArray<Part>, params: Params): string => {
  const cases = parts.map(({ key, where }) =>
    where === undefined ? "" : `  WHEN ${predicate(where, params)} THEN ${literal(key)}`
  )
  return lines("CASE", ...cases, "END")
}

const onlyPerson: GroupKey = { name: "id", expression: person, isConstant: true }

export const compileRowByRow = (shape: StatementShape, params: Params): string => {
  const { groupBy } = shape
  switch (groupBy._tag) {
    case "Nothing":
      return byKey(undefined, shape, params)
    case "Dimension": {
      const { dimension } = groupBy
      if (dimension._tag === "Person" && shape.people !== "one") return byPerson(shape, params)
      if (dimension._tag === "Person") return byKey(onlyPerson, shape, params)
      if (dimension.kind === "uuids") return byTag(dimension, shape, params)
      return byKey({ name: "id", expression: cell(dimension) }, shape, params)
    }
    case "Parts":
      return byKey({ name: "id", expression: partOf(groupBy.parts, params) }, shape, params)
  }
}
