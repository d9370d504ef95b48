import { Console, Effect, Layer, Logger } from "effect"
import { Config } from "../Config.ts"

/** A line per event: JSON in production, readable text elsewhere. */
export const logging = Layer.unwrap(
  Effect.map(Config.mode, (mode) => Logger.layer([mode === "production" ? Logger.consoleJson : Logger.consoleLogFmt]))
)

/** A step that a person at the terminal waits for; a line of the log in production. */
export const announce = (text: string) =>
  Effect.flatMap(Config.mode, (mode) => mode === "production" ? Effect.logInfo(text) : Console.log(text))
