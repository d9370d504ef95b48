import { assert, describe, it } from "@effect/vitest"
import { Effect, type Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { globSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
import { inDatabase } from "../../support/captured.ts"
import { say } from "../../support/locks.ts"
import { recording, type Sent } from "../../support/recording.ts"
import { migrationFaults } from "../../support/sql/migrationFaults.ts"

const script = readFileSync(resolve(import.meta.dirname, "../../../migrations/distribute.sql"), "utf8")

/** These SQL functions stand in for the functions of Citus, and record each call. */
const recorder = `
  CREATE TABLE pg_dist_partition (
    call int GENERATED ALWAYS AS IDENTITY, logicalrelid regclass, distributed_by text, colocate_with text
  );
  CREATE FUNCTION create_distributed_table(relation regclass, distributed_by text, colocate_with text) RETURNS void
    LANGUAGE sql BEGIN ATOMIC
      INSERT INTO pg_dist_partition (logicalrelid, distributed_by, colocate_with) VALUES ($1, $2, $3);
    END;
  CREATE FUNCTION create_reference_table(relation regclass) RETURNS void
    LANGUAGE sql BEGIN ATOMIC INSERT INTO pg_dist_partition (logicalrelid) VALUES ($1); END`

const tables = `SELECT c.oid::regclass::text AS name,
    EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id') AS "isOfTenant"
  FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'crm_capture')`

interface Named {
  readonly name: string
}

const rowsOf = <A extends object>(text: string) => SqlClient.SqlClient.use((sql) => sql.unsafe<A>(text))

/** Runs the script twice. Returns the tables that the migrations made, and the recorded calls. */
const distributed = Effect.fnUntraced(function*(url: Redacted.Redacted) {
  const made = yield* rowsOf<Named & { isOfTenant: boolean }>(tables)
  yield* say(url, recorder)
  yield* say(url, script)
  yield* say(url, script)
  const calls = yield* rowsOf<Named & { by: string | null; with: string | null }>(
    `SELECT logicalrelid::text AS name, distributed_by AS by, colocate_with AS "with"
    FROM pg_dist_partition ORDER BY call`
  )
  return { made, calls }
})

const namesOf = (rows: ReadonlyArray<Named>) => rows.map(({ name }) => name).toSorted()

describe("migrations/distribute.sql", () => {
  it.live("distribute.sql distributes the tables with an organization_id, except the change log", () =>
    inDatabase((url) =>
      Effect.gen(function*() {
        const { calls, made } = yield* distributed(url)
        assert.isAbove(made.length, 14)
        assert.deepStrictEqual(
          namesOf(calls.filter(({ by }) => by !== null)),
          namesOf(made.filter(({ isOfTenant }) => isOfTenant))
        )
        assert.deepStrictEqual(
          namesOf(calls.filter(({ by }) => by === null)),
          namesOf(made.filter(({ isOfTenant }) => !isOfTenant))
        )
      })
    ))

  it.live("distribute.sql co-locates all tables by organization_id", () =>
    inDatabase((url) =>
      Effect.gen(function*() {
        const { calls: [first, ...others] } = yield* distributed(url)
        assert.deepStrictEqual(first, { name: "crm.organizations", by: "organization_id", with: "none" })
        const apart = others.filter(({ by, with: beside }) =>
          by !== null && (by !== "organization_id" || beside !== "crm.organizations")
        )
        assert.deepStrictEqual(apart, [])
      })
    ))

  it.live("distribute.sql distributes a table after the tables that its foreign keys name", () =>
    inDatabase((url) =>
      Effect.gen(function*() {
        const { calls } = yield* distributed(url)
        const order = calls.map(({ name }) => name)
        const keys = yield* rowsOf<{ from: string; to: string }>(
          `SELECT conrelid::regclass::text AS "from", confrelid::regclass::text AS "to"
          FROM pg_constraint WHERE contype = 'f'`
        )
        assert.isAbove(keys.length, 0)
        assert.deepStrictEqual(keys.filter(({ from, to }) => order.indexOf(from) <= order.indexOf(to)), [])
      })
    ))

  it.live("distribute.sql removes the triggers of replicas", () =>
    inDatabase((url) =>
      Effect.gen(function*() {
        yield* say(
          url,
          `CREATE FUNCTION crm_capture.log_leads() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
          CREATE TRIGGER log_inserted AFTER INSERT ON crm.leads EXECUTE FUNCTION crm_capture.log_leads()`
        )
        yield* distributed(url)
        assert.deepStrictEqual(yield* rowsOf("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"), [])
      })
    ))
})

/** Each query finds objects that Citus refuses. */
const refused = [
  [
    "unique index that does not begin with organization_id",
    `
    SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_attribute o ON o.attrelid = c.oid AND o.attname = 'organization_id'
    WHERE i.indisunique AND i.indkey[0] <> o.attnum`
  ],
  [
    "foreign key without organization_id, or with an action other than CASCADE",
    `
    SELECT k.conname AS name FROM pg_constraint k
    JOIN pg_attribute o ON o.attrelid = k.conrelid AND o.attname = 'organization_id'
    WHERE k.contype = 'f' AND (k.conkey[1] <> o.attnum OR k.confdeltype NOT IN ('a', 'c') OR k.confupdtype <> 'a')`
  ],
  ["trigger", "SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal"],
  ["row security", "SELECT relname AS name FROM pg_class WHERE relrowsecurity"],
  [
    "table without a primary key",
    `
    SELECT c.oid::regclass::text AS name FROM pg_class c
    JOIN pg_attribute o ON o.attrelid = c.oid AND o.attname = 'organization_id'
    WHERE c.relkind = 'r' AND c.relnamespace <> 'crm_capture'::regnamespace AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)`
  ]
] as const

it.live.each(refused)(
  "a migrated database has no %s",
  ([, query]) => inDatabase(() => Effect.map(rowsOf(query), (rows) => assert.deepStrictEqual(rows, [])))
)

const folder = resolve(import.meta.dirname, "../../../migrations")

interface Migration {
  readonly default: Effect.Effect<unknown, unknown, SqlClient.SqlClient>
}

const statementsOf = Effect.fnUntraced(function*(file: string) {
  const sent: Array<Sent> = []
  const { default: migration }: Migration = yield* Effect.promise(() => import(resolve(folder, file)))
  yield* Effect.provide(migration, recording(sent))
  return sent.map(({ text }) => text)
})

/** These migrations may run on tables that are already distributed. */
const later = globSync("[0-9]*.ts", { cwd: folder }).filter((file) => file > "0004").toSorted()

it.effect("on distributed tables, Citus accepts every statement of the migrations from the fourth on", () =>
  Effect.gen(function*() {
    const statements = (yield* Effect.forEach(later, statementsOf)).flat()
    assert.isAbove(statements.length, 20)
    assert.deepStrictEqual(statements.filter((text) => migrationFaults(text).length > 0), [])
  }))

it.each([
  ["ALTER TABLE crm.tags ADD COLUMN n int CHECK (n > 0)", "adds a column with CONSTR_CHECK"],
  ["ALTER TABLE crm.tags ADD COLUMN n int UNIQUE", "adds a column with CONSTR_UNIQUE"],
  ["ALTER TABLE crm.tags ADD COLUMN n bigint GENERATED ALWAYS AS IDENTITY", "adds a column with CONSTR_IDENTITY"],
  ["ALTER TABLE crm.tags ADD CHECK (name <> '')", "adds a constraint without a name"],
  ["CREATE TABLE notes (id uuid, FOREIGN KEY (id) REFERENCES crm_reports)", "creates a table with a foreign key"],
  ["CREATE TRIGGER t AFTER INSERT ON crm.tags EXECUTE FUNCTION f()", "creates a trigger"]
])("the check of migrations reports the statement %s", (text, fault) => {
  assert.deepStrictEqual(migrationFaults(text), [fault])
})

it("the check of migrations accepts a column with a default and a constraint with a name", () => {
  const text = `ALTER TABLE crm.tags ADD COLUMN n int NOT NULL DEFAULT 0;
    ALTER TABLE crm.tags ADD CONSTRAINT tags_n CHECK (n >= 0) NOT VALID`
  assert.deepStrictEqual(migrationFaults(text), [])
})
