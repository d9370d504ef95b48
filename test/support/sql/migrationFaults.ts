import { bodiesOf, parsed, type Part, partsOf, type Tree } from "./tree.ts"

const allowedWithColumn = new Set<unknown>(["CONSTR_NOTNULL", "CONSTR_NULL", "CONSTR_DEFAULT"])

const constraintsOf = ({ def }: Tree) => bodiesOf("Constraint", partsOf(def))

const inCommand = (command: Tree): ReadonlyArray<string> => {
  switch (command["subtype"]) {
    case "AT_AddColumn":
      return constraintsOf(command).filter(({ contype }) => !allowedWithColumn.has(contype))
        .map(({ contype }) => `adds a column with ${String(contype)}`)
    case "AT_AddConstraint":
      return constraintsOf(command).filter(({ conname }) => conname === undefined)
        .map(() => "adds a constraint without a name")
    default:
      return []
  }
}

const foreignKeys = (kind: string, parts: ReadonlyArray<Part>) =>
  kind === "CreateStmt" && bodiesOf("Constraint", parts).some(({ contype }) => contype === "CONSTR_FOREIGN")
    ? ["creates a table with a foreign key"]
    : []

/** Returns the parts of a statement that Citus refuses after the tables were distributed. */
export const migrationFaults = (text: string): ReadonlyArray<string> =>
  parsed(text).flatMap(({ kind, parts }) => [
    ...bodiesOf("AlterTableCmd", parts).flatMap(inCommand),
    ...foreignKeys(kind, parts),
    ...(kind === "CreateTrigStmt" ? ["creates a trigger"] : [])
  ])
