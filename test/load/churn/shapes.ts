import type { Random } from "../../../src/data/Random.ts"
import { type Churned, ids, leads, organizations, people, randomRows, tables, tagIds } from "./tables.ts"

let created = 0

/** Returns the first and the last of `count` unused ids. */
const newIds = (count: number) => {
  created += count
  return [created - count + 1, created] as const
}

export type Shape = (chance: Random, folder: string) => string

const pickTable = (chance: Random) => chance.pick(tables)

const other = (organization: string) => organization === "north" ? "south" : "north"

const some = (chance: Random, { id }: Churned, most = 12) =>
  `${id} IN (${Array.from({ length: chance.integer(1, most) }, () => `'i${chance.integer(1, ids)}'`).join(", ")})`

const changes = (chance: Random, { changed, id, table }: Churned) => {
  const list = (chance.chance(0.5) ? [chance.pick(changed)] : changed).join(", ")
  return `(${list}) = (SELECT ${list} FROM churn.${table}(r.organization_id, r.${id}))`
}

const setTo = (row: string, { changed }: Churned) => changed.map((column) => `${column} = ${row}.${column}`).join(", ")

const update = (chance: Random, churned: Churned, where: string) =>
  `UPDATE crm.${churned.table} r SET ${changes(chance, churned)} WHERE ${where}`

export const inserted: Shape = (chance) => {
  const churned = pickTable(chance)
  const [from, to] = newIds(chance.integer(1, 20))
  return `INSERT INTO crm.${churned.table} ${randomRows(churned, chance.pick(organizations), "'n' || i", from, to)}`
}

const existing = (chance: Random, churned: Churned) => {
  const from = chance.integer(1, ids)
  const rows = randomRows(churned, chance.pick(organizations), "'i' || i", from, from + chance.integer(0, 15))
  const key = churned.key.join(", ")
  return `SELECT DISTINCT ON (${key}) * FROM (${rows}) e`
}

export const shapes: { readonly [name: string]: Shape } = {
  insert: inserted,
  copy: (chance, folder) => {
    const churned = pickTable(chance)
    const [from, to] = newIds(chance.integer(1, 30))
    const file = `${folder}/rows${from}`
    const rows = randomRows(churned, chance.pick(organizations), "'n' || i", from, to)
    return `COPY (${rows}) TO '${file}'; COPY crm.${churned.table} FROM '${file}'`
  },
  upsert: (chance) => {
    const churned = pickTable(chance)
    return `INSERT INTO crm.${churned.table} ${existing(chance, churned)}
      ON CONFLICT (${churned.key.join(", ")}) DO UPDATE SET ${setTo("EXCLUDED", churned)}`
  },
  merge: (chance) => {
    const churned = pickTable(chance)
    const { columns, key, table } = churned
    return `MERGE INTO crm.${table} r USING (${existing(chance, churned)}) s
      ON ${key.map((column) => `r.${column} = s.${column}`).join(" AND ")}
      WHEN MATCHED AND random() < 0.3 THEN DELETE
      WHEN MATCHED THEN UPDATE SET ${setTo("s", churned)}
      WHEN NOT MATCHED THEN INSERT VALUES (${columns.map((column) => `s.${column}`).join(", ")})`
  },
  update: (chance) => {
    const churned = pickTable(chance)
    return update(chance, churned, some(chance, churned))
  },
  "update of equal values": (chance) => {
    const churned = pickTable(chance)
    return `UPDATE crm.${churned.table} SET ${churned.id} = ${churned.id} WHERE ${some(chance, churned)}`
  },
  "moved owner": (chance) => {
    const churned = chance.pick([leads, ...tables.filter(({ columns }) => columns.includes("owner_id"))])
    return `UPDATE crm.${churned.table} SET owner_id = '${chance.pick(["p1", ...people])}'
      WHERE ${some(chance, churned)}`
  },
  "moved organization": (chance) => {
    const organization = chance.pick(organizations)
    const of = some(chance, leads, 6)
    const from = `organization_id = '${organization}'`
    const to = `organization_id = '${other(organization)}'`
    const moved = (table: string) => `UPDATE crm.${table} SET ${to} WHERE ${from} AND ${of}`
    return chance.chance(0.3)
      ? moved("leads")
      : ["leads", "lead_status_spells", "deals"].map(moved).join("; ")
  },
  delete: (chance) => {
    const churned = pickTable(chance)
    return `DELETE FROM crm.${churned.table} WHERE ${some(chance, churned)}`
  },
  "delete of many": (chance) => {
    const { id, table } = pickTable(chance)
    return `DELETE FROM crm.${table} WHERE ${id} LIKE 'n%' AND random() < 0.3`
  },
  "delete and insert in one statement": (chance) => {
    const churned = pickTable(chance)
    const where = some(chance, churned)
    const [from, to] = newIds(3)
    return `WITH gone AS (DELETE FROM crm.${churned.table} WHERE ${where} RETURNING 1)
      INSERT INTO crm.${churned.table} ${randomRows(churned, chance.pick(organizations), "'n' || i", from, to)}`
  },
  "replicated rows": (chance, folder) =>
    `SET LOCAL session_replication_role = replica; ${
      chance.pick([inserted, shapes["update"] ?? inserted])(chance, folder)
    };
      SET LOCAL session_replication_role = origin`,
  "caught error": (chance, folder) =>
    `DO $do$ BEGIN ${inserted(chance, folder)}; RAISE EXCEPTION 'undone';
      EXCEPTION WHEN raise_exception THEN ${inserted(chance, folder)}; END $do$`,
  tag: (chance) => {
    const organization = chance.pick(organizations)
    const tag = chance.pick(["00000000-0000-4000-8000-000000000000", ...tagIds])
    const where = `organization_id = '${organization}' AND tag_id = '${tag}'`
    return chance.pick([
      `DELETE FROM crm.tags WHERE ${where}`,
      `UPDATE crm.tags SET name = 'tag ' || random() WHERE ${where}`,
      `INSERT INTO crm.tags (organization_id, tag_id, name, color) VALUES ('${organization}', '${tag}', 'new', 'red')
        ON CONFLICT (organization_id, tag_id) DO UPDATE SET name = 'again'`
    ])
  }
}

/** Changes more rows than a run reads at once. */
export const many: Shape = (chance) =>
  `UPDATE crm.leads r SET status = churn.status() WHERE organization_id = '${chance.pick(organizations)}'`

export const ofAccess: Shape = (chance) => {
  const organization = chance.pick(organizations)
  const person = chance.pick(["p1", ...people])
  const where = `organization_id = '${organization}' AND user_id = '${person}'`
  return chance.pick([
    `DELETE FROM crm.members WHERE ${where}`,
    `UPDATE crm.members SET left_at = now() - interval '1 day' WHERE ${where}`,
    `UPDATE crm.members SET name = 'name ' || random() WHERE ${where}`,
    `UPDATE crm.organizations SET week_start = 1 + floor(random() * 7), currency = churn.pick('EUR', 'USD')
      WHERE organization_id = '${organization}'`,
    ...Array.from(
      { length: 3 },
      () =>
        `INSERT INTO crm.members (organization_id, user_id, name) VALUES ('${organization}', '${person}', 'back')
        ON CONFLICT (organization_id, user_id) DO UPDATE SET left_at = NULL, name = EXCLUDED.name`
    )
  ])
}
