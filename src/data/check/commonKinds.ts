import type { Field, Table } from "../../metrics/Table.ts"
import { fieldsOf } from "../writeTables.ts"
import { type Kind, quoted, rows, them, withArticle } from "./Kind.ts"

const member = "SELECT FROM crm.members m WHERE m.organization_id = $1 AND m.user_id"

const columnsOf = (table: Table) => new Set(fieldsOf(table).map(({ column }) => column))

const accessKinds = (table: Table): ReadonlyArray<Kind> => {
  const columns = columnsOf(table)
  if (!columns.has("owner_id")) return []
  const hasAssignees = columns.has("assignee_ids")
  const people = hasAssignees ? "array_append(t.assignee_ids, t.owner_id)" : "ARRAY[t.owner_id]"
  const nobody = hasAssignees ? "t.owner_id IS NULL AND t.assignee_ids = '{}'" : "t.owner_id IS NULL"
  // PostgreSQL reads the members once for this condition, because it has only an equality.
  const written =
    "SELECT FROM crm.members m WHERE m.organization_id = $1 AND lower(trim(m.user_id)) = lower(trim(t.owner_id))"
  return [
    {
      kind: "no_owner",
      where: nobody,
      sentence: (count) =>
        `${rows(count, ["has", "have"])} no owner${hasAssignees ? " and no assignee" : ""}, so only admins can count ${
          them(count)
        }`,
      remedy: "set owner_id to the id of a member"
    },
    {
      kind: "unknown_person",
      where: `NOT (${nobody}) AND NOT EXISTS (${member} = ANY(${people}))`,
      value: hasAssignees ? "coalesce(t.owner_id, t.assignee_ids[1])" : "t.owner_id",
      sentence: (count, value) =>
        `${rows(count, ["belongs", "belong"])} to people who are in no members file, such as ${quoted(value)}`,
      remedy: "add these people to crm.members, or correct owner_id"
    },
    {
      kind: "person_spelled_otherwise",
      where: `NOT EXISTS (${member} = t.owner_id) AND EXISTS (${written})`,
      value: "t.owner_id",
      sentence: (count, value) =>
        `${rows(count, ["has", "have"])} an owner who differs from a member only in case or blanks, such as ${
          quoted(value)
        }`,
      remedy: "write owner_id exactly as crm.members has it"
    },
    ...(hasAssignees
      ? [{
        kind: "unknown_assignee",
        where: `EXISTS (${member} = ANY(${people})) AND EXISTS (SELECT FROM unnest(t.assignee_ids) a (id)
          WHERE NOT EXISTS (${member} = a.id))`,
        value: "t.assignee_ids[1]",
        sentence: (count: number) => `${rows(count, ["has", "have"])} an assignee who is in no members file`,
        remedy: "add these people to crm.members, or take them out of assignee_ids"
      }]
      : [])
  ]
}

const parents = { lead_id: "leads", deal_id: "deals" } as const

const parentKinds = (table: Table): ReadonlyArray<Kind> =>
  Object.entries(parents).flatMap(([key, parent]) =>
    !columnsOf(table).has(key) || table.name === parent ? [] : [{
      kind: `unknown_${key}`,
      where: `t.${key} IS NOT NULL AND NOT EXISTS (
        SELECT FROM crm.${parent} p WHERE p.organization_id = $1 AND p.${key} = t.${key})`,
      value: `t.${key}`,
      sentence: (count: number, value: string) =>
        `${rows(count, ["names", "name"])} ${withArticle(key)} that is not in ${parent}, such as ${quoted(value)}`,
      remedy: `write the missing rows of crm.${parent}, or correct ${key}`
    }]
  )

/** The times of these columns are plans, so they may be in the future. */
const plans = new Set(["due_at", "expected_close_at"])

/** A leave or an archiving may be planned. */
const ends = new Set(["left_at", "archived_at"])

const timeKinds = (table: Table): ReadonlyArray<Kind> => {
  const times = fieldsOf(table).filter(({ column, kind }) => kind === "instant" && !plans.has(column))
  return times.flatMap(({ column }) => [
    ...(ends.has(column) ? [] : [{
      kind: "time_in_the_future",
      where: `t.${column} > now() + interval '1 day' AND t.${column} <> 'infinity'`,
      value: `t.${column}`,
      sentence: (count: number, value: string) =>
        `${rows(count, ["has", "have"])} ${withArticle(column)} in the future, such as ${value}, and no metric counts ${
          them(count)
        } before that time`,
      remedy: "check the time zone and the format that the times are read with"
    }]),
    {
      kind: "time_long_ago",
      where: `t.${column} < '1990-01-01' OR t.${column} = 'infinity'`,
      value: `t.${column}`,
      sentence: (count, value) =>
        `${rows(count, ["has", "have"])} ${withArticle(column)} that cannot be meant, such as ${value}`,
      remedy: "an empty time is NULL, not 0 or 1970; seconds are not milliseconds"
    }
  ])
}

const isNeeded = ({ isNullable }: Field) => !isNullable

const anyOf = (conditions: ReadonlyArray<string>) => conditions.length === 0 ? "false" : conditions.join(" OR ")

const namesWhere = (fields: ReadonlyArray<Field>, condition: (column: string) => string) =>
  `concat_ws(', ', ${fields.map(({ column }) => `CASE WHEN ${condition(column)} THEN '${column}' END`).join(", ")})`

/** A column can only have NULL if somebody changed the tables that the migrations made. */
const emptyKinds = (table: Table): ReadonlyArray<Kind> => {
  const needed = fieldsOf(table).filter(isNeeded)
  const texts = fieldsOf(table).filter(({ kind }) => kind === "text")
  const isNull = (column: string) => `t.${column} IS NULL`
  const isBlank = (column: string) => `t.${column} ~ '^\\s*$'`
  const isPadded = (column: string) => `t.${column} ~ '^\\s+\\S|\\S\\s+$'`
  const folded = texts.filter(({ isFolded, name }) => !isFolded && name !== "name")
  return [
    {
      kind: "null",
      where: anyOf(needed.map(({ column }) => isNull(column))),
      value: namesWhere(needed, isNull),
      sentence: (count, value) => `${rows(count, ["has", "have"])} NULL where a value must be (${value})`,
      remedy: "write a value, and set the columns to NOT NULL again as the migrations made them"
    },
    {
      kind: "blank",
      where: anyOf(texts.map(({ column }) => isBlank(column))),
      value: namesWhere(texts, isBlank),
      sentence: (count, value) =>
        `${rows(count, ["has", "have"])} an empty text (${value}), which is a value of its own`,
      remedy: "write NULL, or the value that is meant"
    },
    {
      kind: "outer_blanks",
      where: anyOf(folded.map(({ column }) => isPadded(column))),
      value: namesWhere(folded, isPadded),
      sentence: (count, value) =>
        `${rows(count, ["has", "have"])} blanks before or after a value (${value}), so it is counted apart`,
      remedy: "trim the values before they are written"
    }
  ]
}

export const commonKinds = (table: Table): ReadonlyArray<Kind> => [
  ...accessKinds(table),
  ...parentKinds(table),
  ...timeKinds(table),
  ...emptyKinds(table)
]
