import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { keyFields } from "../writeTables.ts"
import type { TableFile } from "./files.ts"
import { ImportRefused } from "./ImportRefused.ts"
import type { Row } from "./rows.ts"

/** A Map of JavaScript holds no more than 16.7 million. */
const mostInAMap = 2 ** 23

/** Refuses a key that an earlier row of the file has. */
export const uniqueIn = ({ path, table }: TableFile, most = mostInAMap) => {
  let lines = new Map<string, number>()
  const maps = [lines]
  const keys = keyFields(table)
  return ({ cells, line }: Row): Effect.Effect<void, ImportRefused> => {
    const key = keys.map(({ name }) => String(cells[name])).join("\u0000")
    const earlier = maps.find((map) => map.has(key))?.get(key)
    if (earlier === undefined) {
      if (lines.size === most) maps.push(lines = new Map())
      lines.set(key, line)
      return Effect.void
    }
    const columns = keys.map(({ column }) => column).join(", ")
    return Effect.fail(
      new ImportRefused({ place: `${path}:${line}`, reason: `the same ${columns} as in line ${earlier}` })
    )
  }
}

/** Refuses rows of organizations that the database does not know; those of the import are in it by then. */
export const organizationKnown = ({ path, table }: TableFile, known: Set<string>) =>
  Effect.fnUntraced(function*(rows: ReadonlyArray<Row>) {
    if (table.name === "organizations") return
    const sql = yield* SqlClient.SqlClient
    for (const { cells, line } of rows) {
      const organizationId = String(cells["organizationId"])
      if (known.has(organizationId)) continue
      const found = yield* sql`SELECT name FROM crm.organizations WHERE organization_id = ${organizationId}`
      if (found.length === 0) {
        return yield* new ImportRefused({
          place: `${path}:${line} organization_id`,
          reason: `${JSON.stringify(organizationId)} is in no organizations file and not in the database`
        })
      }
      known.add(organizationId)
    }
  })
