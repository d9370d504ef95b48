import { Console, Effect, Layer, Logger } from "effect"
import { Config } from "../Config.ts"

export const logging = Layer.unwrap(
  Effect.map(Config.mode, (mode) => Logger.layer([mode === "production" ? Logger.consoleJson : Logger.consoleLogFmt]))
)

export const announce = (text: string) =>
  Effect.flatMap(Config.mode, (mode) => mode === "production" ? Effect.logInfo(text) : Console.log(text))
