import { type Config as Env, ConfigProvider, Effect } from "effect"
import { Config } from "../../src/Config.ts"

/** Finds the variable that a setting reads. */
const nameOf = (config: Env.Config<unknown>): string => {
  const names = new Set<string>()
  const provider = ConfigProvider.make((path) => Effect.sync(() => void names.add(String(path[0]))))
  Effect.runSyncExit(Effect.provide(config, ConfigProvider.layer(provider)))
  return [...names].join(" ")
}

/** Reads one setting from the given variables only. */
export const readSetting = <A>(config: Env.Config<A>, env: Record<string, string>) =>
  Effect.runSyncExit(Effect.provide(config, ConfigProvider.layer(ConfigProvider.fromEnv({ env }))))

/** Contains every setting with the name of its environment variable. */
export const settings = Object.values(Config).map((config: Env.Config<unknown>) => ({ config, name: nameOf(config) }))
