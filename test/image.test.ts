import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "./support/documents.ts"
import { settings } from "./support/settings.ts"

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

  it("the image runs as the user node, on the major version of Node in .node-version", () => {
    assert.include(dockerfile, "USER node")
    assert.isBelow(dockerfile.findLastIndex((line) => line.startsWith("RUN ")), dockerfile.indexOf("USER node"))
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
  const [, service = ""] = /^ {2}service:\n([\s\S]*?)^ {2}\w+:/m.exec(text) ?? []
  const variables = [...service.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].map(([, name = "", value = ""]) => ({
    name,
    value
  }))

  it("compose.yaml sets only environment variables that the service reads", () => {
    const names = new Set(settings.map(({ name }) => name))
    assert.isNotEmpty(variables)
    assert.deepStrictEqual(variables.filter(({ name }) => !names.has(name)), [])
  })

  it("compose.yaml takes every secret from the environment", () => {
    const secrets = [
      ...variables,
      ...[...text.matchAll(/^ {6}(POSTGRES_PASSWORD): (.*)$/gm)].map(
        ([, name = "", value = ""]) => ({ name, value })
      )
    ].filter(({ name }) => /KEY|PASSWORD|DATABASE_URL/.test(name))
    assert.isNotEmpty(secrets)
    assert.deepStrictEqual(secrets.filter(({ value }) => !value.includes("${")), [])
  })
})
