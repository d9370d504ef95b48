import { assert, describe, it } from "@effect/vitest"
import { Exit, Option } from "effect"
import { existsSync, globSync, readFileSync } from "node:fs"
import { basename, dirname, join, relative } from "node:path"
import { codeIn, documentNamed, documents, linksOf, root, wordsIn } from "../support/documents.ts"
import { readSetting, settings } from "../support/settings.ts"

const isExternal = (link: string) => /^(https?|mailto):/.test(link)

const brokenLinks = (document: typeof documents[number]) =>
  linksOf(document).filter((link) => {
    if (isExternal(link)) return false
    const [target = "", anchor] = link.split("#")
    const path = target === "" ? document.path : relative(root, join(root, dirname(document.path), target))
    if (path.startsWith("..") || !existsSync(join(root, path))) return true
    return anchor !== undefined && !documents.some((other) => other.path === path && other.anchors.includes(anchor))
  })

const { dependencies, devDependencies, scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
const versions: Record<string, string> = { ...dependencies, ...devDependencies }

const files = globSync("{src,test,migrations}/**/*.{ts,sql,md,json}", { cwd: root })

/** A path is relative to the project's folder or to `src`. A file name without a folder may be in any folder. */
const isFile = (path: string) =>
  path.includes("/")
    ? ["", "src"].some((folder) => existsSync(join(root, folder, path)))
    : existsSync(join(root, path)) || files.some((file) => basename(file) === path)

/** Reads the names and defaults in the table of variables in docs/operations.md. */
const variables = documentNamed("docs/operations.md").text.split("\n").flatMap((line) => {
  const [, name, given] = /^\| `([A-Z_]+)` +\| (`[^`]*`|–) +\|/.exec(line) ?? []
  return name === undefined || given === undefined ? [] : [{ name, given: given.replaceAll("`", "").replace("–", "") }]
})

describe.each(documents)("$path", (document) => {
  it("a document links only to existing files and headings", () => {
    assert.deepStrictEqual(brokenLinks(document), [])
  })

  it("a document names only existing npm scripts", () => {
    const named = [...document.text.matchAll(/npm run (?:-s )?([a-z][\w:]*)/g)].map(([, script = ""]) => script)
    assert.deepStrictEqual(named.filter((script) => !Object.hasOwn(scripts, script)), [])
  })

  it("a document names only existing source files", () => {
    const named = codeIn(document).filter((code) => /^[\w.][\w./-]*\.(ts|md|sql|json)$/.test(code))
    assert.deepStrictEqual(named.filter((path) => !isFile(path)), [])
  })
})

describe("README.md", () => {
  const { text } = documentNamed("README.md")

  it("README.md has at most 230 lines and 2,200 words", () => {
    assert.isAtMost(text.split("\n").length, 230)
    assert.isAtMost(wordsIn(text), 2_200)
  })

  it("README.md lists every folder of src", () => {
    const folders = globSync("src/*/", { cwd: root }).map((folder) => basename(folder)).sort()
    const mapped = [...text.matchAll(/^\| `(\w+)` +\|/gm)].map(([, folder = ""]) => folder)
    assert.deepStrictEqual(mapped.toSorted(), folders)
  })

  it("README.md links to every other document", () => {
    const linked = new Set(linksOf(documentNamed("README.md")).map((link) => link.split("#")[0]))
    const others = documents.map(({ path }) => path).filter((path) => path !== "README.md")
    assert.deepStrictEqual(others.filter((path) => !linked.has(path)), [])
  })
})

describe("docs/maintaining/decisions.md", () => {
  const entries = documentNamed("docs/maintaining/decisions.md").text.split(/^### /m).slice(1).map((entry) => {
    const [title = "", ...body] = entry.split("\n")
    return { title, words: wordsIn(body.join(" ")) }
  })

  it("each decision has at most 60 words", () => {
    assert.isNotEmpty(entries)
    assert.deepStrictEqual(entries.filter(({ words }) => words > 60), [])
  })

  it("every decision has a date, and newer decisions come first", () => {
    const dates = entries.map(({ title }) => /^(\d{4}-\d{2}-\d{2}): ./.exec(title)?.[1] ?? `no date: ${title}`)
    assert.deepStrictEqual(dates, dates.toSorted().toReversed())
  })
})

describe("docs/testing.md", () => {
  it("the npm install command in docs/testing.md names the versions in package.json", () => {
    const [, line = ""] = /^npm install (.*)$/m.exec(documentNamed("docs/testing.md").text) ?? []
    const named = line.split(" ").slice(1)
    assert.isNotEmpty(named)
    assert.deepStrictEqual(
      named,
      named.map((one) => one.replace(/(?<=.)@.*/, "")).map((name) => `${name}@${versions[name]}`)
    )
  })
})

describe("docs/operations.md", () => {
  it("docs/operations.md lists exactly the environment variables", () => {
    assert.sameMembers(variables.map(({ name }) => name), settings.map(({ name }) => name))
  })

  it.each(settings)("docs/operations.md gives the default of $name", ({ config, name }) => {
    const given = Option.getOrThrow(Option.fromNullishOr(variables.find((variable) => variable.name === name))).given
    const byDefault = readSetting(config, {})
    assert.isTrue(Exit.isSuccess(byDefault))
    assert.deepStrictEqual(readSetting(config, { [name]: given }), byDefault)
  })
})
