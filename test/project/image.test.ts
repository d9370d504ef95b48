import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "../support/documents.ts"
import { settings } from "../support/settings.ts"

const textOf = (path: string) => readFileSync(join(root, path), "utf8")

const dockerfile = textOf("Dockerfile").split("\n").filter((line) => line !== "" && !line.startsWith("#"))

const wordsOf = (list: string) => [...list.matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word).join(" ")

/** Returns the lines of `.ci/image` that correspond to an instruction of the Dockerfile. */
const asStep = (line: string): ReadonlyArray<string> => {
  const [, name = "", rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? []
  switch (name) {
    case "FROM":
      return [`stage ${rest.replace(/^.* AS /, "")}`]
    case "RUN":
      return [`run ${rest}`]
    case "COPY":
      return [`copy ${rest}`]
    case "HEALTHCHECK":
    case "CMD":
      return [`${name.toLowerCase()} ${wordsOf(rest)}`]
    default:
      return []
  }
}

describe("Dockerfile", () => {
  it(".ci/image runs the same commands as the Dockerfile, in the same order", () => {
    const steps = textOf(".ci/image").split("\n").filter((line) => /^(stage|run|copy|cmd|healthcheck) /.test(line))
    assert.isNotEmpty(steps)
    assert.deepStrictEqual(steps, dockerfile.flatMap(asStep))
  })

  it("the Dockerfile uses only instructions that this test knows", () => {
    const known = new Set([
      "FROM",
      "WORKDIR",
      "COPY",
      "RUN",
      "ENV",
      "USER",
      "EXPOSE",
      "STOPSIGNAL",
      "HEALTHCHECK",
      "CMD"
    ])
    assert.deepStrictEqual(dockerfile.filter((line) => !known.has(line.split(" ")[0] ?? "")), [])
  })

  it("the image runs as a numeric user that is not root, on the major version of Node in .node-version", () => {
    assert.include(dockerfile, "USER 1000:1000")
    assert.isBelow(dockerfile.findLastIndex((line) => line.startsWith("RUN ")), dockerfile.indexOf("USER 1000:1000"))
    const major = textOf(".node-version").split(".")[0]
    const images = dockerfile.filter((line) => line.startsWith("FROM ")).map((line) => line.split(" ")[1])
    assert.deepStrictEqual([...new Set(images)], [`node:${major}-slim`])
  })

  it(".dockerignore lets through exactly the files that the Dockerfile copies", () => {
    const copied = dockerfile.filter((line) => /^COPY (?!--from)/.test(line)).flatMap((line) =>
      line.split(" ").slice(1, -1)
    )
    const lines = textOf(".dockerignore").split("\n").filter((line) => line !== "" && !line.startsWith("#"))
    assert.deepStrictEqual(lines, ["*", ...new Set(copied.map((path) => `!${path}`))])
  })
})

describe("compose.yaml", () => {
  const text = textOf("compose.yaml")
  const parts = new Map(
    [...text.matchAll(/^ {2}(\w+):\n((?: {4}.*\n|\n)+)/gm)].map(([, name = "", part = ""]) => [name, part])
  )
  const service = parts.get("service") ?? ""
  const variables = [...service.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].map(([, name = "", value = ""]) => ({
    name,
    value
  }))

  it.each(["service", "postgres", "redis"])(
    "in compose.yaml, %s has limits of memory and processes, no capabilities by default, and cannot gain rights",
    (name) => {
      const part = parts.get(name) ?? ""
      for (const line of [/^ {4}mem_limit: \d+[mg]$/m, /^ {4}pids_limit: \d+$/m, /^ {4}cap_drop:\n {6}- ALL$/m]) {
        assert.match(part, line)
      }
      assert.include(part, "- no-new-privileges:true")
      assert.match(part, /^ {4}read_only: true$/m)
    }
  )

  it("in compose.yaml, the role of the service is not the superuser", () => {
    const [, role = ""] = /DATABASE_URL: postgres:\/\/(\w+):/.exec(service) ?? []
    const postgres = parts.get("postgres") ?? ""
    assert.notInclude(postgres, `POSTGRES_USER: ${role}`)
    const [, file = ""] = /^ {2}role:\n {4}file: (.+)$/m.exec(text) ?? []
    assert.include(textOf(file), `CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE`)
  })

  it("in compose.yaml, every config is a file, because Compose cannot copy another one into a read-only container", () => {
    const [, configs = ""] = /^configs:\n((?: .*\n)+)/m.exec(text) ?? []
    const sources = [...configs.matchAll(/^ {4}(\w+):/gm)].map(([, source]) => source)
    assert.isNotEmpty(sources)
    assert.deepStrictEqual(sources.filter((source) => source !== "file"), [])
  })

  it("compose.yaml sets only environment variables that the service reads", () => {
    const names = new Set(settings.map(({ name }) => name))
    assert.isNotEmpty(variables)
    assert.deepStrictEqual(variables.filter(({ name }) => !names.has(name)), [])
  })

  it("compose.yaml takes every secret from the environment", () => {
    const secrets = [
      ...variables,
      ...[...text.matchAll(/^ {6}(\w*PASSWORD): (.*)$/gm)].map(
        ([, name = "", value = ""]) => ({ name, value })
      )
    ].filter(({ name }) => /KEY|PASSWORD|DATABASE_URL/.test(name))
    assert.isNotEmpty(secrets)
    assert.deepStrictEqual(secrets.filter(({ value }) => !value.includes("${")), [])
  })
})
