import { Console, Effect, Option } from "effect"
import { Command } from "effect/cli"
import { checkConfig, Config } from "../../Config.ts"
import { typst } from "../../documents/typst.ts"
import { counted } from "../../domain/counted.ts"
import { signInSettings } from "../../http/authentication/SignInSettings.ts"
import { builtPage } from "../../http/Page.ts"
import { writableFolder } from "../../services/database/embedded/writableFolder.ts"
import { designSettings } from "../../services/design/designModelLayer.ts"
import { Found } from "../cli.ts"
import { settingWarnings } from "../settingWarnings.ts"
import { database } from "./database.ts"
import { advice, diagnosed, type Finding, ok, problem, problemsIn } from "./Finding.ts"
import { mail } from "./mail.ts"
import { port } from "./port.ts"
import { redis } from "./redis.ts"
import { replicaSettings } from "./replicas.ts"
import { signIn } from "./signIn.ts"
import { standbySettings } from "./standbys.ts"

/** `start.mjs` refuses an old Node before this code is loaded. */
const installation = Effect.gen(function*() {
  const module = yield* Effect.promise(typst)
  return [
    ok(`Node is ${process.versions.node}`),
    builtPage() === undefined
      ? advice("the page is not built, so / leads to /docs: run npm run page with the development dependencies")
      : ok("the page is built"),
    module === undefined
      ? advice("the package for PDF files is not installed, so a PDF gets 501: run npm ci without --omit=optional")
      : ok("PDF files can be made")
  ]
})

/** Checks that the development sign-in can write its key pair. */
const keyFolder = Effect.gen(function*() {
  const [isClerk, isServer] = [Option.isSome(yield* signInSettings), Option.isSome(yield* Config.databaseUrl)]
  if (isServer && !isClerk) yield* writableFolder(yield* Config.dataFolder)
  return []
})

const designer = Effect.as(designSettings, [])

/** The address to listen on depends on the sign-in, so a fault of the sign-in also fails this check. */
const ports = Effect.catch(port, (error) => Effect.succeed({ findings: problemsIn(error), isServing: undefined }))

const configured = Effect.gen(function*() {
  const { findings, isServing } = yield* ports
  const others = yield* Effect.forEach(
    [signIn, database(isServing), redis, keyFolder, replicaSettings, standbySettings, designer, mail],
    diagnosed,
    { concurrency: "unbounded" }
  )
  const warnings = (yield* settingWarnings).map(problem)
  return [ok("all settings can be read"), ...warnings, ...findings, ...others.flat()]
})

/** Two checks may find the same wrong setting. */
const distinct = (findings: ReadonlyArray<Finding>) => [
  ...new Map(findings.map((finding) => [finding.text, finding])).values()
]

export const diagnosis = Effect.gen(function*() {
  const installed = yield* installation
  const found = yield* diagnosed(Effect.andThen(checkConfig, configured))
  return distinct([...installed, ...found])
})

export const doctor = Command.make(
  "doctor",
  {},
  Effect.fnUntraced(function*() {
    const findings = yield* diagnosis
    yield* Effect.forEach(findings, ({ kind, text }) => Console.log(`${kind.padEnd(7)}  ${text}`), { discard: true })
    const count = findings.filter(({ kind }) => kind === "problem").length
    if (count > 0) return yield* new Found({ message: `${counted(count, "problem", "problems")} found` })
  })
).pipe(
  Command.withDescription(
    "Check the settings, the ports, the database, the sign-in and the installation, and say what to do"
  )
)
