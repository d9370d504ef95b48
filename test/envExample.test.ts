import { assert, describe, it } from "@effect/vitest"
import { type Config as Env, ConfigProvider, Effect, Exit } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parseEnv } from "node:util"
import { Config } from "../src/Config.ts"

const example = parseEnv(readFileSync(join(import.meta.dirname, "../.env.example"), "utf8"))

const read = <A>(config: Env.Config<A>, env: Record<string, string>) =>
  Effect.runSyncExit(
    Effect.provide(config, ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
  )

const defined = Object.fromEntries(Object.entries(example).map(([name, value]) => [name, value ?? ""]))

/** The variable that a setting asks the environment for. */
const nameOf = (config: Env.Config<unknown>): string => {
  const asked = new Set<string>()
  const provider = ConfigProvider.make((path) => Effect.sync(() => void asked.add(String(path[0]))))
  Effect.runSyncExit(Effect.provide(config, ConfigProvider.layer(provider)))
  return [...asked].join(" ")
}

const settings = Object.entries(Config).map(([setting, config]) => ({ setting, config, name: nameOf(config) }))

describe(".env.example", () => {
  it("has every variable and no other", () => {
    assert.sameMembers(Object.keys(example), settings.map(({ name }) => name))
  })

  it.each(settings)("$name has its default", ({ config, name }) => {
    const byDefault = read<unknown>(config, {})
    assert.isTrue(Exit.isSuccess(byDefault))
    assert.deepStrictEqual(read<unknown>(config, { [name]: defined[name] ?? "" }), byDefault)
  })

  it("holds no secret", () => {
    const secret = settings.filter(({ config, name }) => {
      const value = read<unknown>(config, { [name]: "x" })
      return Exit.isSuccess(value) && JSON.stringify(value.value)?.includes("<redacted>")
    })
    assert.deepStrictEqual(secret.map(({ name }) => defined[name]), secret.map(() => ""))
    assert.isNotEmpty(secret)
  })
})
