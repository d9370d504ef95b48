import { countsOf, type IsOrganization, queriesIn, unrestrictedIn } from "./tables.ts"
import { as, bodiesOf, isTree, listOf, parsed, type Part, partsOf, stringsOf } from "./tree.ts"

type Parts = ReadonlyArray<Part>

const kinds = new Set([
  "SelectStmt",
  "InsertStmt",
  "UpdateStmt",
  "DeleteStmt",
  "TransactionStmt",
  "DeclareCursorStmt",
  "FetchStmt",
  "ClosePortalStmt"
])

const unrestricted = (parts: Parts, isOrganization: IsOrganization) => {
  const { all, seen } = countsOf(parts)
  return [
    ...queriesIn(parts).flatMap((query) => unrestrictedIn(query, isOrganization))
      .map((table) => `${table} lacks organization_id = $n`),
    ...(all === seen ? [] : [`${all} tables, of which ${seen} are understood`])
  ]
}

const columnOf = (node: unknown) => stringsOf(as("ColumnRef", node)?.["fields"])

/** The organization of a new row must be a parameter, or come from a table that is restricted to it. */
const inserted = (parts: Parts, isOrganization: IsOrganization) =>
  bodiesOf("InsertStmt", parts).flatMap(({ cols, selectStmt }) => {
    const place = listOf(cols).findIndex((column) => as("ResTarget", column)?.["name"] === "organization_id")
    const { targetList, valuesLists } = as("SelectStmt", selectStmt) ?? {}
    const values = valuesLists === undefined
      ? [as("ResTarget", listOf(targetList)[place])?.["val"]]
      : listOf(valuesLists).map((list) => listOf(as("List", list)?.["items"])[place])
    const isCopied = (value: unknown) => columnOf(value).at(-1) === "organization_id" && countsOf(parts).seen > 0
    return values.every((value) => isOrganization(as("ParamRef", value)?.["number"]) || isCopied(value))
      ? []
      : ["inserts rows of several organizations"]
  })

const functionsIn = (parts: Parts) =>
  bodiesOf("FuncCall", parts).map(({ funcname }) => stringsOf(funcname).at(-1) ?? "")

/** PostgreSQL parses `AT TIME ZONE` as a call of the function `timezone`. */
const stable = new Set(["now", "timezone"])

const changed = (parts: Parts) => {
  const conflicts = bodiesOf("onConflictClause", parts)
  const targets = bodiesOf("UpdateStmt", parts).flatMap(({ targetList }) => listOf(targetList))
  const all = [...targets, ...conflicts.flatMap(({ targetList }) => listOf(targetList))]
  return [
    ...functionsIn(partsOf(conflicts)).map((name) => `calls ${name} in ON CONFLICT`),
    ...functionsIn(partsOf(targets)).filter((name) => !stable.has(name)).map((name) => `sets a column to ${name}()`),
    ...all.filter((target) => as("ResTarget", target)?.["name"] === "organization_id")
      .map(() => "changes organization_id")
  ]
}

const returned = (parts: Parts) =>
  bodiesOf("returningClause", parts).flatMap(({ exprs }) => listOf(exprs)).flatMap((target) => {
    const column = columnOf(as("ResTarget", target)?.["val"])
    return column.length === 0 || column.includes("*") ? ["returns something other than a column"] : []
  })

const forbidden = (parts: Parts) => [
  ...bodiesOf("ColumnRef", parts).filter(({ fields }) => stringsOf(fields).includes("ctid")).map(() => "uses ctid"),
  ...functionsIn(parts).filter((name) => name === "to_char" || name.startsWith("pg_advisory"))
    .map((name) => `calls ${name}`),
  ...bodiesOf("TypeCast", parts).flatMap(({ typeName }) =>
    isTree(typeName) && stringsOf(typeName["names"]).at(-1) === "date"
      ? ["casts to date, in the time zone of a node"]
      : []
  )
]

/** Returns the faults of a statement on Citus, such as a need for several shards. VACUUM may use all shards. */
export const distributionFaults = (text: string, isOrganization: IsOrganization): ReadonlyArray<string> =>
  parsed(text).filter(({ kind }) => kind !== "VacuumStmt").flatMap(({ kind, parts }) => [
    ...(kinds.has(kind) ? [] : [`is a ${kind}`]),
    ...unrestricted(parts, isOrganization),
    ...inserted(parts, isOrganization),
    ...changed(parts),
    ...returned(parts),
    ...forbidden(parts)
  ])
