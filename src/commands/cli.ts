import { Cause, Config as Env, Console, Data, Duration, Effect, Exit, type Runtime } from "effect"
import { CliError } from "effect/cli"
import { Misconfigured, problemsOf } from "../Config.ts"
import { rootCause } from "../services/database/errors.ts"
import { isListenError, listenProblem } from "./freePorts.ts"

/** The last line of a command that found something wrong. */
export class Found extends Data.TaggedError("Found")<{ readonly message: string }> {}

const causes = (error: unknown): ReadonlyArray<unknown> =>
  error instanceof Error && error.cause !== undefined ? [error, ...causes(error.cause)] : [error]

export const sentencesOf = (error: unknown): ReadonlyArray<string> => {
  if (error instanceof Env.ConfigError) return problemsOf(error)
  if (error instanceof Misconfigured) return error.problems
  const listening = causes(error).find(isListenError)
  return [listening === undefined ? rootCause(error) : listenProblem(listening)]
}

const settingsHint = "Settings are environment variables, not flags: PORT=4105 npm start. .env.example lists them all."

const isUnknownFlag = (error: CliError.CliError): boolean =>
  error._tag === "UnrecognizedOption" || (error._tag === "ShowHelp" && error.errors.some(isUnknownFlag))

/** An expected failure prints a line for each problem. An unexpected failure prints its stack. */
const report = <E>(cause: Cause.Cause<E>) => {
  if (Cause.hasInterruptsOnly(cause)) return Effect.void
  if (Cause.hasDies(cause)) return Console.error(Cause.pretty(cause))
  const error = Cause.squash(cause)
  if (!CliError.isCliError(error)) {
    return Console.error(sentencesOf(error).map((sentence) => `crm-reports: ${sentence}`).join("\n"))
  }
  return isUnknownFlag(error) ? Console.error(settingsHint) : Effect.void
}

export const reportFailure = Effect.tapCause(report)

/** A command that would have ended by itself fails if a signal stops it. */
export const teardownOf = (command: string | undefined): Runtime.Teardown => (exit, onExit) => {
  if (Exit.isSuccess(exit)) return onExit(0)
  if (!Cause.hasInterruptsOnly(exit.cause)) return onExit(1)
  if (command === undefined) return onExit(0)
  process.stderr.write(`crm-reports: a signal stopped ${command} before it was done\n`)
  onExit(130)
}

export const teardown = teardownOf(undefined)

export const formatDuration = (duration: Duration.Duration): string =>
  Duration.format(Duration.millis(Math.round(Duration.toMillis(duration))))

export const formatCount = (count: number): string => count.toLocaleString("en")
