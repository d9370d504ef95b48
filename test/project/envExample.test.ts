import { assert, describe, it } from "@effect/vitest"
import { Exit } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parseEnv } from "node:util"
import { readSetting, settings } from "../support/settings.ts"

const example = parseEnv(readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8"))

const defined = Object.fromEntries(Object.entries(example).map(([name, value]) => [name, value ?? ""]))

describe(".env.example", () => {
  it(".env.example lists exactly the environment variables", () => {
    assert.sameMembers(Object.keys(example), settings.map(({ name }) => name))
  })

  it.each(settings)(".env.example gives $name its default", ({ config, name }) => {
    const byDefault = readSetting(config, {})
    assert.isTrue(Exit.isSuccess(byDefault))
    assert.deepStrictEqual(readSetting(config, { [name]: defined[name] ?? "" }), byDefault)
  })

  it(".env.example contains no secret", () => {
    const secret = settings.filter(({ config, name }) => {
      const value = readSetting(config, { [name]: "x" })
      return Exit.isSuccess(value) && JSON.stringify(value.value)?.includes("<redacted>")
    })
    assert.deepStrictEqual(secret.map(({ name }) => defined[name]), secret.map(() => ""))
    assert.isNotEmpty(secret)
  })
})
