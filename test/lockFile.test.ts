import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"

interface Locked {
  readonly version: string
  readonly integrity?: string
  readonly optional?: boolean
  readonly os?: ReadonlyArray<string>
  readonly hasInstallScript?: boolean
}

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, "..", name), "utf8"))

const { packages }: { readonly packages: { readonly [path: string]: Locked } } = read("package-lock.json")
const { allowScripts }: { readonly allowScripts: { readonly [name: string]: boolean } } = read("package.json")

const nameOf = (path: string) => path.replace(/^.*node_modules\//, "")

const locked = Object.entries(packages).filter(([path]) => path !== "")

/** These development tools for other platforms have no hash, because the registry in use lacked them. */
const isUnserved = (path: string, { optional, os }: Locked) =>
  optional === true && os !== undefined && nameOf(path).startsWith("@effect/tsgo-")

describe("the lock file", () => {
  it("every package in the lock file has an integrity hash, except optional packages of @effect/tsgo", () => {
    const without = locked.filter(([path, entry]) => entry.integrity === undefined && !isUnserved(path, entry))
    assert.deepStrictEqual(without.map(([path]) => path), [])
  })

  it("allowScripts lists exactly the packages with an install script", () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true)
    assert.sameMembers(Object.keys(allowScripts), scripted.map(([path]) => nameOf(path)))
  })
})
