import { as, bodiesOf, isTree, listOf, type Part, stringsOf, type Tree } from "./tree.ts"

/** Every node of a cluster has all rows of this table. */
const referenceTable = "crm_report_migrations"

interface Reference {
  readonly name: string
  readonly alias: string
  /** The statement uses only rows of the table that meet these conditions. */
  readonly conditions: ReadonlyArray<Tree>
}

const isTenantTable = ({ relname, schemaname }: Tree): boolean =>
  typeof relname === "string" && relname !== referenceTable &&
  (["crm", "crm_capture"].includes(String(schemaname)) || relname.startsWith("crm_report"))

const referenceOf = (range: Tree, conditions: ReadonlyArray<Tree>): ReadonlyArray<Reference> => {
  if (!isTenantTable(range)) return []
  const { alias, relname, schemaname } = range
  const name = schemaname === undefined ? String(relname) : `${String(schemaname)}.${String(relname)}`
  return [{ name, alias: isTree(alias) ? String(alias["aliasname"]) : String(relname), conditions }]
}

/** Splits a condition at each AND. */
const conjuncts = (condition: unknown): ReadonlyArray<Tree> => {
  if (!isTree(condition)) return []
  const all = as("BoolExpr", condition)
  return all?.["boolop"] === "AND_EXPR" ? listOf(all["args"]).flatMap(conjuncts) : [condition]
}

/** A condition of an outer join does not restrict the side whose rows are all kept. */
const referencesIn = (item: Tree, conditions: ReadonlyArray<Tree>): ReadonlyArray<Reference> => {
  const range = as("RangeVar", item)
  if (range !== undefined) return referenceOf(range, conditions)
  const join = as("JoinExpr", item)
  if (join === undefined) return []
  const { jointype, larg, quals, rarg } = join
  const both = [...conditions, ...conjuncts(quals)]
  const sides = [
    { side: larg, isRestricted: jointype === "JOIN_INNER" || jointype === "JOIN_RIGHT" },
    { side: rarg, isRestricted: jointype === "JOIN_INNER" || jointype === "JOIN_LEFT" }
  ]
  return sides.flatMap(({ isRestricted, side }) =>
    isTree(side) ? referencesIn(side, isRestricted ? both : conditions) : []
  )
}

const levelOf = ({ fromClause, relation, usingClause, whereClause }: Tree): ReadonlyArray<Reference> => {
  const conditions = conjuncts(whereClause)
  return [
    ...(isTree(relation) ? referenceOf(relation, conditions) : []),
    ...[...listOf(fromClause), ...listOf(usingClause)].flatMap((item) => referencesIn(item, conditions))
  ]
}

/** Tells which parameters contain the organization. */
export type IsOrganization = (parameter: unknown) => boolean

/** A column needs no table name if its query has only one table. */
const isTenantColumn = (node: unknown, alias: string, isAlone: boolean) => {
  const names = stringsOf(as("ColumnRef", node)?.["fields"])
  return names.at(-1) === "organization_id" && (names.length === 1 ? isAlone : names[0] === alias)
}

const restricts = (alias: string, isAlone: boolean, isOrganization: IsOrganization) => (condition: Tree): boolean => {
  const { lexpr, name, rexpr } = as("A_Expr", condition) ?? {}
  return stringsOf(name).join() === "=" && isTenantColumn(lexpr, alias, isAlone) &&
    isOrganization(as("ParamRef", rexpr)?.["number"])
}

/** Returns the tables of a query, without those of its subqueries, that no `organization_id = $n` restricts. */
export const unrestrictedIn = (query: Tree, isOrganization: IsOrganization): ReadonlyArray<string> => {
  const references = levelOf(query)
  return references
    .filter(({ alias, conditions }) => !conditions.some(restricts(alias, references.length === 1, isOrganization)))
    .map(({ alias, name }) => `${name} ${alias}`)
}

const isQuery = ({ body: { fromClause }, kind }: Part): boolean =>
  kind === "UpdateStmt" || kind === "DeleteStmt" || (fromClause !== undefined && kind !== "InsertStmt")

export const queriesIn = (parts: ReadonlyArray<Part>): ReadonlyArray<Tree> =>
  parts.filter(isQuery).map(({ body }) => body)

/** Counts the references to tables that `unrestrictedIn` checks, and all references except targets of INSERT. */
export const countsOf = (parts: ReadonlyArray<Part>) => ({
  seen: queriesIn(parts).flatMap(levelOf).length,
  all: parts.filter(({ body }) => isTenantTable(body)).length - bodiesOf("InsertStmt", parts).length
})
