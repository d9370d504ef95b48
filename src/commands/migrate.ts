import { Console, Effect } from "effect"
import { Command } from "effect/cli"
import * as Database from "../services/database/Database.ts"

const said = (applied: ReadonlyArray<readonly [id: number, name: string]>) =>
  applied.length === 0
    ? "The database is up to date"
    : `Applied ${applied.map(([id, name]) => `${String(id).padStart(4, "0")}_${name}`).join(", ")}`

export const migrate = Command.make("migrate", {}, () =>
  Database.migrated.pipe(
    Effect.flatMap((applied) => Console.log(said(applied))),
    Effect.provide(Database.client)
  )).pipe(Command.withDescription("Bring the database's schema up to date"))
