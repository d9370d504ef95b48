import { Console, Effect } from "effect"
import { Command } from "effect/cli"
import * as Database from "../services/database/Database.ts"

const said = (applied: ReadonlyArray<string>) =>
  applied.length === 0 ? "The database is up to date" : `Applied ${applied.join(", ")}`

export const migrate = Command.make(
  "migrate",
  {},
  () => Effect.flatMap(Database.migrated, (applied) => Console.log(said(applied)))
).pipe(Command.withDescription("Bring the database's schema up to date"))
