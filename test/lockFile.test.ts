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

/** The registry that made the lock file lacks these development tools of other platforms. */
const isUnserved = (path: string, { optional, os }: Locked) =>
  optional === true && os !== undefined && /^(@dprint\/|@effect\/tsgo-)/.test(nameOf(path))

describe("the lock file", () => {
  it("the lock file has the integrity of every package", () => {
    const without = locked.filter(([path, entry]) => entry.integrity === undefined && !isUnserved(path, entry))
    assert.deepStrictEqual(without.map(([path]) => path), [])
  })

  it("allowScripts covers every install script of the lock file", () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true)
    assert.sameMembers(Object.keys(allowScripts), scripted.map(([path]) => nameOf(path)))
  })
})
