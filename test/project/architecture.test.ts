import { assert, describe, it } from "@effect/vitest"
import { globSync, readFileSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"

const src = join(import.meta.dirname, "../..", "src")

/** Each folder may import only from the folders in its list. A file at the top of `src` counts as a folder. */
const downhill: { readonly [room: string]: ReadonlyArray<string> } = {
  languages: [],
  domain: [],
  metrics: ["domain"],
  query: ["metrics", "domain"],
  columnStore: ["query", "metrics", "domain"],
  design: ["templates", "presentation", "languages", "domain"],
  presentation: ["languages", "metrics", "domain"],
  documents: ["languages", "presentation", "domain", "telemetry", "Config"],
  settingForms: [],
  Config: ["settingForms"],
  telemetry: ["domain", "Config"],
  services: [
    "languages",
    "columnStore",
    "query",
    "design",
    "metrics",
    "documents",
    "presentation",
    "domain",
    "telemetry",
    "Config",
    "settingForms"
  ],
  api: ["metrics", "domain"],
  http: ["languages", "api", "services", "documents", "domain", "telemetry", "Config"],
  templates: ["domain"],
  page: ["languages", "api", "presentation", "templates"],
  data: ["templates", "services", "metrics", "domain", "Config"],
  testing: ["App", "data", "http", "api", "services", "metrics", "domain"],
  App: ["http", "api", "services", "documents", "domain", "telemetry", "Config"],
  commands: ["App", "data", "http", "api", "services", "documents", "query", "metrics", "domain", "Config"],
  main: ["commands", "api"]
}

/** Inside each of these folders, a file or subfolder may import only from those in its list. */
const inside: { readonly [room: string]: typeof downhill } = {
  query: {
    AggregateRow: [],
    Filters: [],
    Plan: ["Filters"],
    definitions: ["Plan"],
    Point: ["Plan", "AggregateRow"],
    series: ["definitions", "Point", "Plan", "Filters", "AggregateRow"],
    sql: ["definitions", "Point", "Plan", "Filters"],
    memory: ["definitions", "Point", "Plan", "Filters", "AggregateRow"],
    handwritten: [
      "definitions",
      "sql",
      "memory",
      "series",
      "Point",
      "Plan",
      "AggregateRow"
    ],
    compile: ["handwritten", "sql", "Point", "Plan"],
    inMemory: ["handwritten", "memory", "series", "Point", "Plan", "AggregateRow"]
  },
  http: {
    authentication: [],
    middleware: [],
    Audit: ["negotiation"],
    Design: ["negotiation"],
    door: ["authentication", "negotiation"],
    Docs: ["middleware"],
    Goals: [],
    Idempotent: ["middleware"],
    Keys: [],
    mcp: [],
    Mcp: ["door", "mcp", "middleware"],
    liveResponse: ["middleware"],
    MetricsPort: ["Server"],
    Metrics: ["liveResponse", "middleware", "negotiation"],
    negotiation: [],
    Page: ["Docs", "authentication", "middleware"],
    PageSignIn: ["authentication", "middleware"],
    Reports: ["liveResponse", "middleware", "negotiation"],
    Server: ["authentication", "middleware"],
    Snapshots: ["negotiation"],
    Subscriptions: ["negotiation"],
    System: [],
    Unsubscribe: ["door", "middleware", "negotiation"],
    startupMessage: ["authentication"]
  },
  services: {
    admission: [],
    database: ["admission"],
    access: ["database", "admission"],
    goals: ["database"],
    keys: ["database", "admission"],
    replica: ["database", "admission"],
    standby: ["database", "admission"],
    run: ["access", "goals", "replica", "standby", "database", "admission"],
    reports: ["keys", "run", "access", "database", "admission"],
    live: ["reports", "run", "goals", "access", "replica", "database", "admission"],
    agents: ["run"],
    design: ["access", "admission"],
    deliveries: ["export", "reports", "run", "keys", "access", "replica", "database", "admission"],
    export: ["reports", "run", "access", "admission"]
  }
}

const roomOf = (file: string) => (relative(src, file).split(sep)[0] ?? "").replace(/\.tsx?$/, "")

const importsOf = (file: string): ReadonlyArray<string> =>
  [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s+"(\.[^"]+)"/g)].map(([, path = ""]) =>
    join(dirname(file), path)
  )

const packagesOf = (file: string): ReadonlyArray<string> =>
  [...readFileSync(file, "utf8").matchAll(/from "([^."][^"]*)"/g)].map(([, name = ""]) => name)

const files = globSync("**/*.{ts,tsx}", { cwd: src }).map((file) => join(src, file))

const uphill = (file: string) =>
  importsOf(file).filter((imported) => {
    if (relative(src, imported).startsWith("..")) return false
    const [from, to] = [roomOf(file), roomOf(imported)]
    return from !== to && !(downhill[from] ?? []).includes(to)
  })

const innerRoomOf = (file: string) => (relative(src, file).split(sep)[1] ?? "").replace(/\.tsx?$/, "")

const uphillInside = (room: string, rooms: typeof downhill) =>
  files.filter((file) => roomOf(file) === room).flatMap((file) => {
    const from = innerRoomOf(file)
    const imported = importsOf(file).filter((other) => roomOf(other) === room).map(innerRoomOf)
    return imported.filter((to) => from !== to && !(rooms[from] ?? []).includes(to)).map((to) => `${from} -> ${to}`)
  })

describe("the folders of src", () => {
  it("every folder of src is in the table of this test", () => {
    const rooms = new Set(files.map(roomOf))
    assert.deepStrictEqual([...rooms].filter((room) => downhill[room] === undefined), [])
  })

  it("every file of src imports only from its own folder and the folders listed for it", () => {
    const arrows = files.flatMap((file) => uphill(file).map((to) => `${relative(src, file)} -> ${relative(src, to)}`))
    assert.deepStrictEqual(arrows, [])
  })

  it.each(Object.entries(inside))(
    "every file in src/%s imports only from the files and subfolders listed for it",
    (room, rooms) => {
      const missing = files.filter((file) => roomOf(file) === room && rooms[innerRoomOf(file)] === undefined)
      assert.deepStrictEqual([...missing.map((file) => relative(src, file)), ...uphillInside(room, rooms)], [])
    }
  )

  it("the files outside src/api that src/api.ts imports use no package but effect", () => {
    const reached = new Set([join(src, "api.ts")])
    for (const file of reached) for (const imported of importsOf(file)) reached.add(imported)
    const packages = [...reached].filter((file) => roomOf(file) !== "api").flatMap(packagesOf)
    assert.deepStrictEqual([...new Set(packages)].sort(), ["effect"])
  })

  it("the page imports only types from the API", () => {
    const values = files.filter((file) => roomOf(file) === "page").flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/import\s+(type\s)?[^"]*?from\s+"(\.[^"]+)"/g)]
        .filter(([, type, path = ""]) => type === undefined && roomOf(join(dirname(file), path)) === "api")
        .map(([text]) => `${relative(src, file)}: ${text}`)
    )
    assert.deepStrictEqual(values, [])
  })

  it("no file or folder of src is named index, util, helper, common or misc", () => {
    const names = files.map((file) => relative(src, file).toLowerCase())
    assert.deepStrictEqual(names.filter((name) => /(^|\/)(index|utils?|helpers?|common|misc)(\.ts|\/)/.test(name)), [])
  })
})
