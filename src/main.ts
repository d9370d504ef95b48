import "effect/schema/SchemaJITCompiler/enable"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import { commandLine } from "./commands/commandLine.ts"

const { program, teardown } = commandLine(process.argv.slice(2))

NodeRuntime.runMain(program, { disableErrorReporting: true, teardown })
