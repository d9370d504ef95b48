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

const introduction = `<!-- Written by test/data/dataDocument.test.ts from src/metrics/crm.ts: npm run golden. -->

# Your data

The service counts rows in the tables of the schema \`crm\`. You import CSV files into these tables, or your CRM writes
the rows.

## Import CSV files

Put the files into one folder, with one file for each table, named \`TABLE.csv\` or \`TABLE.csv.gz\`. If the service runs on
its embedded database, stop the service first.

\`\`\`sh
npm run import -- --dry-run acme   # reports every fault, and changes nothing
npm run import -- acme             # all or nothing; rows that exist are updated
\`\`\`

With \`DATABASE_URL\`, the dry run needs the tables of the service: run \`npm run migrate\` first.

- The first line names the columns, in any order. If the file leaves out a column, existing rows keep their value in
  this column, and new rows get the default.
- The text is UTF-8. \`--encoding\` names another encoding, such as \`windows-1252\` or \`utf-16le\`. Commas separate the values. If the first line has no comma, semicolons separate the values, and a
  comma in a number is the decimal point: \`1,50\` is 1.5.
- An empty value and \`\\N\` are null, or an empty list. A list is written \`a|b|c\`, or as PostgreSQL writes it:
  \`{a,b,c}\`.
- A **time** is ISO 8601 with a zone: \`2024-02-29T10:00:00Z\`, \`2024-02-29T10:00:00+01:00\`. PostgreSQL's form
  \`2024-02-29 10:00:00+01\` is accepted too. A date alone is the start of
  that day in the organization's time zone. Other forms, such as \`01/02/2024\`, are refused, because they mean different
  days in different countries.
- An **amount** has at most 2 digits after the point, and a **percentage** at most 4.
- The values \`bucket\`, \`partial\`, \`__proto__\`, and all values that begin with \`~\`, are reserved, because such names have
  another meaning in the points of a series: \`~none\` is the group of rows without a value. Reserved values are refused
  in \`source\`, in \`lost_reason\`, in ids of people, and in each column whose known values are listed below.

The command reports faults as \`file:line column: reason\`. Faults of one kind in one column are one line, which names the
first of them and says how many more rows have it. A run reports at most 100 kinds. After an import, the command warns
about:

- rows that all or some metrics leave out, such as rows with neither an owner nor an assignee, rows of people who are
  not in \`members\`, and won deals without \`closed_at\`;
- values that differ from a known value only in spelling, such as \`Lead\` and \`lead\`.

## Write the tables yourself

If your CRM uses the same database, the CRM can write the rows in its own transactions:

\`\`\`sql
INSERT INTO crm.leads (organization_id, lead_id, owner_id, assignee_ids, status, created_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (organization_id, lead_id) DO UPDATE
SET owner_id = EXCLUDED.owner_id, assignee_ids = EXCLUDED.assignee_ids, status = EXCLUDED.status;
\`\`\`

A scheduled statement can copy rows from your tables:

\`\`\`sql
INSERT INTO crm.members (organization_id, user_id, name)
SELECT account_id, clerk_user_id, full_name FROM app.users WHERE updated_at > now() - interval '10 minutes'
ON CONFLICT (organization_id, user_id) DO UPDATE SET name = EXCLUDED.name;
\`\`\`

Logical replication into these tables works too, except [on Citus](scale.md#traps).

## Rules

- A row counts for the people in its \`owner_id\` and its \`assignee_ids\`. Only the reports of an admin can count a row
  without an owner and without assignees: with \`everyone\`, or with the id \`~nobody\` in \`assigneeIds\`.
- A row can have about fifty assignees. A row with more than 1,900 bytes in \`assignee_ids\` is refused, because an index
  contains this column.
- A column with known values may have other values too, except \`deals.status\`. Such a value is shown as it is, after
  the known values.

## Tables

In the column Needed, **key** marks the columns that identify a row, and **yes** marks each other column that must be
in the file. Values in these columns may not be empty.
`

export const dataDocument = () => `${introduction}\n${Object.values<Table>(contract).map(section).join("\n\n")}\n`
