import { Console, Effect, Layer, Logger } from "effect"
import { Config } from "../Config.ts"

/** A wrong NODE_ENV is reported later, together with all other wrong settings. */
export const logging = Layer.unwrap(Effect.match(Config.mode, {
  onFailure: () => Logger.layer([Logger.consoleLogFmt]),
  onSuccess: (mode) => Logger.layer([mode === "production" ? Logger.consoleJson : Logger.consoleLogFmt])
}))

export const announce = (text: string) =>
  Effect.flatMap(Config.mode, (mode) => mode === "production" ? Effect.logInfo(text) : Console.log(text))
