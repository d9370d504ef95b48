import { Effect, Layer, Logger } from "effect"
import { Config } from "../Config.ts"

/** One line an event: JSON for a collector in production, words for a person elsewhere. */
export const logging = Layer.unwrap(
  Effect.map(Config.mode, (mode) => Logger.layer([mode === "production" ? Logger.consoleJson : Logger.consoleLogFmt]))
)
