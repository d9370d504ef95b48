import { Cause, Config as Env, Console, Effect, Exit, type Runtime } from "effect"
import { CliError } from "effect/cli"
import { problemsOf } from "../Config.ts"
import { rootCause } from "../services/database/errors.ts"

const sentenceOf = (error: unknown): string =>
  error instanceof Env.ConfigError ? problemsOf(error).join("; ") : rootCause(error)

/** A failure is one line for the person at the terminal; a defect is ours and keeps its trace. */
const told = <E>(cause: Cause.Cause<E>) => {
  if (Cause.hasInterruptsOnly(cause)) return Effect.void
  if (Cause.hasDies(cause)) return Console.error(Cause.pretty(cause))
  const error = Cause.squash(cause)
  return CliError.isCliError(error) ? Effect.void : Console.error(`crm-reports: ${sentenceOf(error)}`)
}

export const tellFailure = Effect.tapCause(told)

/** Being told to stop is no failure. */
export const teardown: Runtime.Teardown = (exit, onExit) =>
  onExit(Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause) ? 0 : 1)
