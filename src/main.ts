import "effect/schema/SchemaJITCompiler/enable"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Effect } from "effect"
import { Command } from "effect/cli"
import { version } from "./api/version.ts"
import { cleanup } from "./commands/cleanup.ts"
import { reportFailure, teardownOf } from "./commands/cli.ts"
import { doctor } from "./commands/doctor/doctor.ts"
import { importCommand } from "./commands/import.ts"
import { migrate } from "./commands/migrate.ts"
import { openapi } from "./commands/openapi.ts"
import { seed } from "./commands/seed.ts"
import { serve, serving } from "./commands/serve.ts"
import { token } from "./commands/token.ts"

/** Without a value, the flag would take a folder named `no` or `se` as its value. */
const args = process.argv.slice(2).map((arg) => arg === "--dry-run" ? "--dry-run=true" : arg)

/** These commands end by themselves. The service runs until a signal ends it. */
const endingCommands = new Set(["migrate", "seed", "import", "token", "openapi", "cleanup", "doctor"])

const commandLine = Effect.gen(function*() {
  const tokenCommand = yield* token(args)
  const crmReports = Command.make("crm-reports", {}, () => serving).pipe(
    Command.withDescription(
      "Reports, live metrics and snapshots over CRM data.\n\nSettings are environment variables, or lines of a file .env in the working folder. .env.example lists them all with their defaults."
    ),
    Command.withSubcommands([serve, migrate, seed, importCommand, tokenCommand, openapi, cleanup, doctor])
  )
  return yield* Command.runWith(crmReports, { version })(args)
})

commandLine.pipe(
  reportFailure,
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({
    disableErrorReporting: true,
    teardown: teardownOf(args.find((arg) => endingCommands.has(arg)))
  })
)
