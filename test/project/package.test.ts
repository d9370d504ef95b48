import { assert, describe, layer } from "@effect/vitest"
import { Context, Effect, Layer } from "effect"
import { execFile } from "node:child_process"
import { cpSync, globSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { basename, dirname, join, relative } from "node:path"
import { promisify } from "node:util"
import { isFull } from "../proof/storesFor.ts"
import { started } from "../support/commandLine.ts"
import { temporaryFolder } from "../support/folder.ts"

const root = join(import.meta.dirname, "../..")

const installed = ["effect", "@effect/vitest", "vitest", "typescript", "@types/node"]

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version

/** npm and its child processes must use the project's Node. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`, NODE_ENV: undefined }

const ran = (cwd: string, command: string, args: ReadonlyArray<string>) =>
  Effect.promise(async () => {
    const { stderr, stdout } = await promisify(execFile)(command, args, { cwd, env, maxBuffer: 2 ** 26 }).catch(
      (error: unknown) => error instanceof Error ? { stdout: "", stderr: "", ...error } : Promise.reject(error)
    )
    return `${stdout}${stderr}`
  })

const notCopied = new Set([".data", ".git", "dist", "gallery", "node_modules"])

/** Copies the project, because `npm pack` builds the page again while other tests read it. */
const copied = (folder: string) => {
  const project = join(folder, "project")
  cpSync(root, project, { recursive: true, filter: (path) => !notCopied.has(basename(path)) })
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"), "junction")
  return project
}

/** Installs the service from its npm package into a temporary project. */
class Stranger extends Context.Service<Stranger, { readonly folder: string; readonly service: string }>()(
  "crm-reports/test/Stranger"
) {
  static readonly layer = Layer.effect(
    Stranger,
    Effect.gen(function*() {
      const folder = yield* temporaryFolder
      const project = copied(yield* temporaryFolder)
      const tarball = yield* ran(project, "npm", ["pack", "--silent", "--pack-destination", folder])
      cpSync(join(import.meta.dirname, "../stranger"), folder, { recursive: true })
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module" }))
      const packages = installed.map((name) => `${name}@${versionOf(name)}`)
      const said = yield* ran(folder, "npm", [
        "install",
        "--no-audit",
        "--no-fund",
        "--prefer-offline",
        `./${tarball.trim().split("\n").at(-1)}`,
        ...packages
      ])
      assert.match(said, /added \d+ packages/)
      return { folder, service: join(folder, "node_modules", "crm-reports") }
    })
  )
}

const importsOf = (file: string): ReadonlyArray<string> =>
  [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map(([, imported = ""]) => imported)

/** Lists all files and packages that a file imports directly or indirectly. */
const reached = (start: string) => {
  const files = new Set([start])
  const packages = new Set<string>()
  for (const file of files) {
    for (const imported of importsOf(file)) {
      if (imported.startsWith(".")) files.add(join(dirname(file), imported))
      else packages.add(imported)
    }
  }
  return { files: [...files], packages: [...packages] }
}

/** Only `.ci/full` packs and installs, which takes a minute. */
describe.runIf(isFull)("the npm package", () => {
  layer(Stranger.layer, { excludeTestServices: true })("the packed package", (it) => {
    it.effect("tsc finds no error in a strict project that uses the packed package", () =>
      Effect.gen(function*() {
        const { folder } = yield* Stranger
        assert.strictEqual(yield* ran(folder, process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."]), "")
      }))

    it.effect("the tests of another project pass with the packed package", () =>
      Effect.gen(function*() {
        const { folder } = yield* Stranger
        const said = yield* ran(folder, process.execPath, ["node_modules/vitest/vitest.mjs", "run", "--no-color"])
        assert.match(said, /Tests\s+5 passed \(5\)/)
      }))

    it.effect("the packed package installs one copy of Effect", () =>
      Effect.gen(function*() {
        const { folder } = yield* Stranger
        assert.deepStrictEqual(globSync("**/node_modules/effect/package.json", { cwd: folder }), [
          join("node_modules", "effect", "package.json")
        ])
      }))

    it.effect("the API definition for clients imports no server code", () =>
      Effect.gen(function*() {
        const { service } = yield* Stranger
        const { files, packages } = reached(join(service, "dist", "src", "api.js"))
        const rooms = new Set(files.map((file) => relative(join(service, "dist", "src"), file).split(/[/\\.]/)[0]))
        assert.deepStrictEqual([...rooms].filter((room) => !["api", "domain", "metrics"].includes(room ?? "")), [])
        assert.deepStrictEqual(packages.filter((name) => !/^effect($|\/)/.test(name)), [])
      }))

    it.effect("the packed service starts, and serves /ready, /openapi.json and the page", () =>
      Effect.gen(function*() {
        const { folder, service } = yield* Stranger
        const main = join(service, "dist", "src", "main.js")
        const child = started([], { PORT: "0", HOST: "127.0.0.1", DATA_FOLDER: join(folder, "data") }, {
          program: main
        })
        yield* Effect.addFinalizer(() => child.signal("SIGKILL"))
        yield* child.hasSaid("as the admin")
        const url = /https?:\/\/127\.0\.0\.1:\d+/.exec(child.out())?.[0]
        const [ready, document, page] = yield* Effect.promise(() =>
          Promise.all([fetch(`${url}/ready`), fetch(`${url}/openapi.json`), fetch(`${url}/app/`)])
        )
        assert.deepStrictEqual([ready?.status, document?.status, page?.status], [200, 200, 200])
        yield* child.signal("SIGTERM")
        assert.strictEqual((yield* child.ended).code, 0)
      }))
  })
})
