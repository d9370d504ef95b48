import * as NodeServices from "@effect/platform-node/NodeServices"
import { Effect } from "effect"
import { Command } from "effect/cli"
import { version } from "../api/version.ts"
import { check } from "./check.ts"
import { cleanup } from "./cleanup.ts"
import { reportFailure, teardownOf } from "./cli.ts"
import { doctor } from "./doctor/doctor.ts"
import { importCommand } from "./import.ts"
import { migrate } from "./migrate.ts"
import { openapi } from "./openapi.ts"
import { seed } from "./seed.ts"
import { serve, serving } from "./serve.ts"
import { token } from "./token.ts"

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
