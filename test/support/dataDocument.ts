import { readFileSync } from "node:fs"
import { join } from "node:path"
import { isRequired } from "../../src/data/import/header.ts"
import { fieldsOf, keyFields } from "../../src/data/writeTables.ts"
import { contract } from "../../src/metrics/crm.ts"
import type { Field, Kind, Table } from "../../src/metrics/Table.ts"
import { columnNotes } from "./columnNotes.ts"

const kinds: { readonly [K in Kind]: string } = {
  text: "text",
  uuid: "uuid",
  instant: "time",
  integer: "whole number",
  money: "amount",
  percent: "percentage",
  texts: "list of texts",
  uuids: "list of uuids"
}

const noteOf = ({ column, table }: Field): string => {
  const note = columnNotes[`${table}.${column}`] ?? columnNotes[column]
  if (note === undefined) throw new Error(`test/support/columnNotes.ts says nothing about ${table}.${column}`)
  return note
}

const meaning = (field: Field): string => {
  const values = field.known.map(({ value }) => `\`${value}\``).join(", ")
  return values === "" ? noteOf(field) : `${noteOf(field)}: ${values}`
}

const rowOf = (table: Table) => (field: Field): string => {
  const isKey = keyFields(table).includes(field)
  const needed = isKey ? "key" : isRequired(field) ? "yes" : ""
  return `| \`${field.column}\` | ${kinds[field.kind]} | ${needed} | ${meaning(field)} |`
}

const section = (table: Table): string =>
  [
    `### ${table.name}`,
    "",
    "| Column | Kind | Needed | Meaning |",
    "| ------ | ---- | ------ | ------- |",
    ...fieldsOf(table).map(rowOf(table))
  ].join("\n")

/** The part of the document that is written by hand. */
const introduction = readFileSync(join(import.meta.dirname, "dataDocument.md"), "utf8")

export const dataDocument = () => `${introduction}\n${Object.values<Table>(contract).map(section).join("\n\n")}\n`
