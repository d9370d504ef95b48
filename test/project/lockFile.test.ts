import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"

interface Locked {
  readonly version: string
  readonly integrity?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly dev?: boolean
  readonly bin?: { readonly [command: string]: string }
  readonly hasInstallScript?: boolean
}

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, "../..", name), "utf8"))

const { packages }: { readonly packages: { readonly [path: string]: Locked } } = read("package-lock.json")
const { allowScripts }: { readonly allowScripts: { readonly [name: string]: boolean } } = read("package.json")

const nameOf = (path: string) => path.replace(/^.*node_modules\//, "")

const locked = Object.entries(packages).filter(([path]) => path !== "")

const isOfRegistry = (path: string, { link }: Locked) => path.startsWith("node_modules/") && link !== true

describe("the lock file", () => {
  it("every package of the registry has an integrity hash in the lock file, and no address", () => {
    const fromRegistry = locked.filter(([path, entry]) => isOfRegistry(path, entry))
    const unsafe = fromRegistry.filter(([, { integrity, resolved }]) =>
      integrity === undefined || resolved !== undefined
    )
    assert.deepStrictEqual(unsafe.map(([path]) => path), [])
  })

  it("the Node of the npm scripts is a development package with a hash, and its version is in .node-version", () => {
    const version = readFileSync(join(import.meta.dirname, "../../.node-version"), "utf8").trim()
    const runtimes = locked.filter(([, { bin }]) => bin?.["node"] !== undefined)
    assert.isNotEmpty(runtimes)
    assert.deepStrictEqual(runtimes.filter(([, { dev, integrity }]) => !(dev === true && integrity !== undefined)), [])
    const ofServers = runtimes.filter(([path]) => path.includes("-linux-")).map(([, entry]) => entry.version)
    assert.deepStrictEqual(ofServers, [version, version])
  })

  it("allowScripts lists exactly the packages with an install script", () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true)
    assert.sameMembers(Object.keys(allowScripts), scripted.map(([path]) => nameOf(path)))
  })
})
