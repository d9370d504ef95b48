import { Effect, FileSystem, Option, Path, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { Config } from "../Config.ts"

const Organization = Schema.Struct({
  organizationId: Schema.String,
  name: Schema.String,
  people: Schema.Array(Schema.Struct({ userId: Schema.String, name: Schema.String }))
})
export type Organization = typeof Organization.Type

const Organizations = Schema.Array(Organization)
const Stored = Schema.fromJsonString(Organizations)

/** Lists end after this number of organizations, and of people in each. */
export const mostKnown = 1_000

export const peopleInDatabase = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql`
    SELECT o.organization_id AS "organizationId", o.name, coalesce(
      (SELECT json_agg(p) FROM (
        SELECT m.user_id AS "userId", m.name FROM crm.members m
        WHERE m.organization_id = o.organization_id AND (m.left_at IS NULL OR m.left_at > now())
        ORDER BY m.name, m.user_id LIMIT ${mostKnown}
      ) p), '[]'::json
    ) AS people
    FROM crm.organizations o ORDER BY o.organization_id LIMIT ${mostKnown}
  `
  return yield* Schema.decodeUnknownEffect(Organizations)(rows)
})

const file = Effect.gen(function*() {
  const path = yield* Path.Path
  return path.join(yield* Config.dataFolder, "people.json")
})

/** Other commands read this file, because only one process can open the embedded database. */
export const keepPeople = Effect.gen(function*() {
  if (Option.isSome(yield* Config.databaseUrl)) return
  const files = yield* FileSystem.FileSystem
  const people = yield* peopleInDatabase
  yield* files.writeFileString(yield* file, yield* Schema.encodeEffect(Stored)(people))
})

export const keptPeople = Effect.gen(function*() {
  const files = yield* FileSystem.FileSystem
  return yield* Schema.decodeEffect(Stored)(yield* files.readFileString(yield* file))
})
