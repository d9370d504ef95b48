import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { dataDocument } from "./dataDocument.ts"

const text = dataDocument()

/** The blocks of code in docs/data.md under a heading, up to the next heading of any level. */
export const blocksUnder = (heading: string): ReadonlyArray<string> => {
  const [, rest = ""] = text.split(`\n${heading}\n`)
  const [section = ""] = rest.split(/\n#{2,3} /)
  return [...section.matchAll(/^( *)```\w+\n([^]*?)\n\1```/gm)].map(([, , code = ""]) => code)
}

export const statementsIn = (block = "") => block.split(/;\s*(?:\n|$)/).filter((statement) => statement.trim() !== "")

/** Each lead with its status, such as `1 client`. */
export const leads = SqlClient.SqlClient.use((sql) =>
  Effect.map(
    sql<{ readonly id: string; readonly status: string }>`SELECT lead_id AS id, status FROM crm.leads ORDER BY 1`,
    (rows) => rows.map(({ id, status }) => `${id} ${status}`)
  )
)
