import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import type { SqlClient } from "effect/sql"
import { changed, examined, healthy, inDatabase, names, roleIn } from "../support/doctor.ts"
import { emptyDatabase, freshDatabase } from "../support/Postgres.ts"

const allRights = (name: string) => (sql: SqlClient.SqlClient) =>
  Effect.forEach(["public", "crm", "crm_capture"], (schema) =>
    Effect.andThen(
      sql`GRANT USAGE ON SCHEMA ${sql(schema)} TO ${sql(name)}`,
      sql`GRANT ALL ON ALL TABLES IN SCHEMA ${sql(schema)} TO ${sql(name)}`
    ))

describe("a database that the service cannot use as it should", () => {
  it.live("the doctor reports a role that may not run the migrations", () =>
    Effect.gen(function*() {
      const url = yield* emptyDatabase
      const { as, name } = yield* roleIn(url)
      yield* inDatabase(url, (sql) => sql`GRANT CREATE ON SCHEMA public TO ${sql(name)}`)
      yield* names({ DATABASE_URL: as }, new RegExp(`^${name} may not create schemas, .+: GRANT CREATE ON DATABASE`))
    }))

  it.live("the doctor reports a role that may not read the tables of the CRM", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      const { as, name } = yield* roleIn(url)
      yield* inDatabase(url, (sql) =>
        Effect.gen(function*() {
          yield* sql`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${sql(name)}`
          yield* sql`GRANT USAGE ON SCHEMA crm_capture TO ${sql(name)}`
          yield* sql`GRANT ALL ON ALL TABLES IN SCHEMA crm_capture TO ${sql(name)}`
        }))
      yield* names({ DATABASE_URL: as }, new RegExp(`^${name} may not read crm\\.\\w+ and \\d+ more: GRANT USAGE ON`))
    }))

  it.live("the doctor reports a role without any right, and prints the statements that grant the rights", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      const { as, name } = yield* roleIn(url)
      const { problems } = yield* examined({ ...yield* healthy, DATABASE_URL: as })
      const grants = problems.flatMap((line) => line.split(/[:;] (?=GRANT )/).slice(1))
      assert.lengthOf(problems, 2)
      assert.notInclude(problems.join(), "permission denied")
      yield* inDatabase(url, (sql) => Effect.forEach(grants, (grant) => sql.unsafe(grant)))
      assert.deepStrictEqual((yield* examined({ ...yield* healthy, DATABASE_URL: as })).problems, [])
      assert.match(grants.join(), new RegExp(`GRANT USAGE ON SCHEMA .+ TO ${name}`))
    }))

  it.live("the doctor reports row level security that hides all rows", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      const { as, name } = yield* roleIn(url)
      yield* inDatabase(url, (sql) =>
        Effect.andThen(allRights(name)(sql), sql`ALTER TABLE crm.leads ENABLE ROW LEVEL SECURITY`))
      yield* names(
        { DATABASE_URL: as },
        new RegExp(`^row level security hides all rows of crm.leads from ${name}: ALTER TABLE crm.leads DISABLE`)
      )
      yield* inDatabase(url, (sql) =>
        sql`CREATE POLICY mine ON crm.leads USING (organization_id = 'org')`)
      const { advice, problems } = yield* examined({ ...yield* healthy, DATABASE_URL: as })
      assert.deepStrictEqual(problems, [])
      assert.match(advice, /sees only the rows of crm.leads that a policy .+ ALTER ROLE \w+ BYPASSRLS$/m)
    }))

  it.live.each(["statement_timeout", "transaction_timeout"])(
    "the doctor reports a %s of the database that is shorter than the limits of the service",
    (setting) =>
      Effect.gen(function*() {
        const url = yield* freshDatabase
        const set = (value: string) =>
          inDatabase(url, (sql) =>
            sql`ALTER DATABASE ${sql(new URL(Redacted.value(url)).pathname.slice(1))}
            SET ${sql(setting)} = ${sql.literal(`'${value}'`)}`)
        yield* set("2s")
        const env = { DATABASE_URL: Redacted.value(url) }
        yield* names(env, new RegExp(`^${setting} of the database ends statements after 2s, .+ SET ${setting} = 0$`))
        yield* set("10min")
        const { advice, problems } = yield* examined({ ...yield* healthy, ...env })
        assert.deepStrictEqual(problems, [])
        assert.match(advice, new RegExp(`^${setting} of the database .+ 10m, .+: ALTER ROLE`, "m"))
      })
  )

  it.live("the doctor reports a database whose encoding cannot store every character", () =>
    Effect.gen(function*() {
      const url = yield* emptyDatabase
      const name = `latin_${new URL(Redacted.value(url)).pathname.slice(1)}`
      yield* Effect.acquireRelease(
        inDatabase(url, (sql) => sql`CREATE DATABASE ${sql(name)} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`),
        () => Effect.orDie(inDatabase(url, (sql) => sql`DROP DATABASE ${sql(name)} WITH (FORCE)`))
      )
      const latin = changed(Redacted.value(url), (parts) => void (parts.pathname = name))
      yield* names({ DATABASE_URL: latin }, /^the encoding of the database \w+ is LATIN1, .+ ENCODING 'UTF8'/)
    }))

  it.live("the doctor compares DATABASE_POOL with the connection limit of the role", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      const { as, name } = yield* roleIn(url)
      yield* inDatabase(url, (sql) =>
        Effect.andThen(allRights(name)(sql), sql`ALTER ROLE ${sql(name)} CONNECTION LIMIT 4`))
      const { advice } = yield* examined({ ...yield* healthy, DATABASE_URL: as })
      assert.match(
        advice,
        /^DATABASE_POOL is 10, and the server allows 4 connections: .+ CONNECTION LIMIT of the role/m
      )
    }))

  it.live("the doctor reports a role that cannot create the triggers of replicas", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      const { as, name } = yield* roleIn(url)
      yield* inDatabase(url, allRights(name))
      yield* names(
        { DATABASE_URL: as, REPLICA_ROWS: "1000000" },
        /does not own crm\.\w+, so it cannot create the triggers of replicas: ALTER TABLE crm\.\w+ OWNER TO/
      )
    }))

  it.live("the doctor reports an organization with an unknown time zone", () =>
    Effect.gen(function*() {
      const url = yield* freshDatabase
      yield* inDatabase(url, (sql) =>
        sql`INSERT INTO crm.organizations (organization_id, name, time_zone) VALUES ('org_z', 'Z', 'europe/madrid')`)
      yield* names(
        { DATABASE_URL: Redacted.value(url) },
        /^org_z: 1 row has the unknown time zone "europe\/madrid": write a name of the IANA list/
      )
    }))
})
