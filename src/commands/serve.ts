import { Effect, Layer } from "effect"
import { Command } from "effect/cli"
import { App } from "../App.ts"
import { checkConfig } from "../Config.ts"
import * as Database from "../services/Database.ts"

const served = App.pipe(Layer.provide(Database.pinged), Layer.provide(Database.layer))

export const serving = Effect.andThen(checkConfig, Layer.launch(served))

export const serve = Command.make("serve", {}, () => serving).pipe(
  Command.withDescription("Answer requests; this is what happens without a command")
)
