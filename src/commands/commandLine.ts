import * as NodeServices from "@effect/platform-node/NodeServices"
import { Console, Effect } from "effect"
import { Command, Flag } from "effect/cli"
import { document } from "../api/openapi/document.ts"
import { downgrade } from "../api/openapi/downgrade.ts"
import { version } from "../api/version.ts"
import * as Database from "../services/database/Database.ts"
import { check } from "./check.ts"
import { cleanup } from "./cleanup.ts"
import { reportFailure, teardownOf } from "./cli.ts"
import { doctor } from "./doctor/doctor.ts"
import { importCommand } from "./import.ts"
import { seed } from "./seed.ts"
import { serve, serving } from "./serve.ts"
import { token } from "./token.ts"

const migrate = Command.make(
  "migrate",
  {},
  () =>
    Effect.flatMap(
      Database.migrated,
      (applied) => Console.log(applied.length === 0 ? "The database is up to date" : `Applied ${applied.join(", ")}`)
    )
).pipe(
  Command.withDescription("Bring the database's schema up to date")
)

const openapi = Command.make(
  "openapi",
  {
    spec: Flag.Literals("spec", ["3.1", "3.0"]).pipe(
      Flag.withDescription("The version of OpenAPI; 3.0 is for older generators"),
      Flag.withDefault("3.1")
    )
  },
  ({ spec }) => Console.log(JSON.stringify(spec === "3.1" ? document() : downgrade(document()), null, 2))
).pipe(Command.withDescription("Print the contract as OpenAPI"))

/** These commands end by themselves. The service runs until a signal ends it. */
const endingCommands = new Set(["migrate", "seed", "import", "token", "openapi", "cleanup", "doctor", "check"])

/** Returns the program that the arguments ask for, and the teardown that gives its exit code. */
export const commandLine = (given: ReadonlyArray<string>) => {
  // Without a value, the flag would take a folder named `no` or `se` as its value.
  const args = given.map((arg) => arg === "--dry-run" || arg === "--guess" || arg === "--json" ? `${arg}=true` : arg)
  const program = Effect.gen(function*() {
    const tokenCommand = yield* token(args)
    const crmReports = Command.make("crm-reports", {}, () => serving).pipe(
      Command.withDescription(
        "Reports, live metrics and snapshots over CRM data.\n\nSettings are environment variables, or lines of a file .env in the working folder. .env.example lists them all with their defaults."
      ),
      Command.withSubcommands([serve, migrate, seed, importCommand, tokenCommand, openapi, cleanup, doctor, check])
    )
    return yield* Command.runWith(crmReports, { version })(args)
  }).pipe(reportFailure, Effect.provide(NodeServices.layer))
  return { program, teardown: teardownOf(args.find((arg) => endingCommands.has(arg))) }
}
