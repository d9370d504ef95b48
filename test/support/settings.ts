import { type Config as Env, ConfigProvider, Effect } from "effect"
import { Config, nameOf } from "../../src/Config.ts"

/** Reads one setting from the given variables only. */
export const readSetting = <A>(config: Env.Config<A>, env: Record<string, string>) =>
  Effect.runSyncExit(Effect.provide(config, ConfigProvider.layer(ConfigProvider.fromEnv({ env }))))

/** Contains every setting with the name of its environment variable. */
export const settings = Object.values(Config).map((config: Env.Config<unknown>) => ({ config, name: nameOf(config) }))
