import { parse } from "@messageformat/parser"
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { languages } from "./Language.ts"

/** The texts of one file of a language, in the syntax of ICU MessageFormat. */
export interface Texts {
  readonly [key: string]: string
}

/** The texts of each file by its path, such as `de/page.json`. */
export interface Sources {
  readonly [path: string]: Texts
}

type Token = ReturnType<typeof parse>[number] | { readonly type: "octothorpe" }

const load = createRequire(import.meta.url)
const MessageFormat: new(language: string) => object = load("@messageformat/core")
const compileModule: (format: object, texts: Texts) => string = load("@messageformat/core/compile-module.js")

const typeNames = { argument: "string", select: "string", plural: "number", selectordinal: "number" } as const

/** The parameters of a text by their names, with their types in TypeScript. Numbers are the parameters of plurals. */
const parametersIn = (tokens: ReadonlyArray<Token>): ReadonlyArray<readonly [name: string, type: string]> =>
  tokens.flatMap((token) => {
    if (token.type === "content" || token.type === "octothorpe") return []
    if (token.type === "function") throw new Error(`{${token.arg}, ${token.key}} is not supported`)
    const inside = "cases" in token ? token.cases.flatMap(({ tokens }) => parametersIn(tokens)) : []
    return [[token.arg, typeNames[token.type]], ...inside]
  })

const pluralsOf = (language: string, type: "cardinal" | "ordinal") =>
  new Intl.PluralRules(language, { type }).resolvedOptions().pluralCategories

const signatureOf = (text: string, path: string, key: string): string => {
  try {
    const language = path.slice(0, 2)
    const options = { cardinal: pluralsOf(language, "cardinal"), ordinal: pluralsOf(language, "ordinal") }
    const parameters = new Set(parametersIn(parse(text, options)).map(([name, type]) => `readonly ${name}: ${type}`))
    return parameters.size === 0 ? "()" : `(values: { ${[...parameters].toSorted().join("; ")} })`
  } catch (error) {
    throw new Error(`${path}: ${key}: ${error instanceof Error ? error.message.split("\n")[0] : error}`, {
      cause: error
    })
  }
}

const problemsOf = (path: string, texts: Texts, signatures: ReadonlyMap<string, string>): ReadonlyArray<string> => [
  ...[...signatures.keys()].filter((key) => !Object.hasOwn(texts, key)).map((key) => `${path}: ${key} is missing`),
  ...Object.entries(texts).flatMap(([key, text]) => {
    const expected = signatures.get(key)
    if (expected === undefined) return [`${path}: ${key} is not in English`]
    const found = signatureOf(text, path, key)
    return found === expected ? [] : [`${path}: ${key} has the parameters ${found}, and in English ${expected}`]
  })
]

const head = "// Made of the texts in `src/languages` by `npm run page`. Changes here are lost."

const typeOf = (name: string) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Messages`

/** Returns the TypeScript files by their paths. Throws if the languages do not have the same messages. */
export const compiled = (sources: Sources): { readonly [path: string]: string } => {
  const names = Object.keys(sources).flatMap((path) => /^en\/(.+)\.json$/.exec(path)?.[1] ?? [])
  const problems = Object.keys(sources).flatMap((path) =>
    names.some((name) => path.endsWith(`/${name}.json`)) ? [] : [`${path}: there is no such file in English`]
  )
  const files: Record<string, string> = {}
  for (const name of names) {
    const english = Object.entries(sources[`en/${name}.json`] ?? {})
    const signatures = new Map(english.map(([key, text]) => [key, signatureOf(text, `en/${name}.json`, key)]))
    const functions = [...signatures].map(([key, signature]) =>
      `  readonly ${JSON.stringify(key)}: ${signature} => string`
    )
    files[`${name}.ts`] = [head, `export interface ${typeOf(name)} {`, ...functions, "}", ""].join("\n")
    for (const language of languages) {
      const path = `${language}/${name}.json`
      const texts = sources[path] ?? {}
      const found = problemsOf(path, texts, signatures)
      problems.push(...found)
      if (found.length > 0) continue
      const [imports, messages] = compileModule(new MessageFormat(language), texts).split("export default ")
      // `@messageformat/runtime` types the texts of plurals as unknown.
      const type = `import type { ${typeOf(name)} } from ${JSON.stringify(`../${name}.ts`)}\n\n`
      const constant = `export const ${name}: ${typeOf(name)} = ${messages}\n`
      files[`${language}/${name}.ts`] = `${head}\n// @ts-nocheck\n${imports}${type}${constant}`
    }
  }
  if (problems.length > 0) throw new Error(problems.join("\n"))
  return files
}

const folder = import.meta.dirname

export const sourcesIn = (): Sources =>
  Object.fromEntries(
    languages.flatMap((language) =>
      readdirSync(join(folder, language)).map((name) => {
        const path = `${language}/${name}`
        return [path, JSON.parse(readFileSync(join(folder, path), "utf8"))]
      })
    )
  )

/** Writes the files to `compiled`. CI compares them with those in git instead. */
export const writeCompiled = (): void => {
  for (const [path, text] of Object.entries(compiled(sourcesIn()))) {
    const file = join(folder, "compiled", path)
    if (existsSync(file) && readFileSync(file, "utf8") === text) continue
    if (process.env["CI"] !== undefined) throw new Error(`src/languages/compiled/${path} is old: run \`npm run page\``)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}
