import "effect/schema/SchemaJITCompiler/enable"
import { NodeRuntime, NodeServices } from "@effect/platform-node"
import { Effect } from "effect"
import { Command } from "effect/cli"
import { version } from "./api/version.ts"
import { cleanup } from "./commands/cleanup.ts"
import { teardown, tellFailure } from "./commands/ending.ts"
import { importCommand } from "./commands/import.ts"
import { migrate } from "./commands/migrate.ts"
import { openapi } from "./commands/openapi.ts"
import { seed } from "./commands/seed.ts"
import { serve, serving } from "./commands/serve.ts"
import { token } from "./commands/token.ts"

Command.make("crm-reports", {}, () => serving).pipe(
  Command.withDescription("Reports, live metrics and snapshots over CRM data"),
  Command.withSubcommands([serve, migrate, seed, importCommand, token, openapi, cleanup]),
  Command.run({ version }),
  tellFailure,
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({ disableErrorReporting: true, teardown })
)
