import { Effect, Option } from "effect"
import { Config } from "../Config.ts"
import { signInSettings } from "./authentication/SignInSettings.ts"

/** The development sign-in gives tokens without a password, so by default only this machine can reach it. */
export const listenHost = Effect.gen(function*() {
  const isDevelopmentSignIn = Option.isNone(yield* signInSettings)
  return Option.getOrElse(yield* Config.host, () => isDevelopmentSignIn ? "127.0.0.1" : "0.0.0.0")
})
