import { Effect, Option } from "effect"
import { checkConfig, Config } from "../../Config.ts"
import { signInSettings } from "../../http/authentication/SignInSettings.ts"
import { writableFolder } from "../../services/database/embedded/writableFolder.ts"
import { designSettings } from "../../services/design/designModelLayer.ts"
import { settingWarnings } from "../settingWarnings.ts"
import { database } from "./database.ts"
import { diagnosed, type Finding, ok, problem } from "./Finding.ts"
import { installation } from "./installation.ts"
import { port } from "./port.ts"
import { redis } from "./redis.ts"
import { replicaSettings } from "./replicas.ts"
import { signIn } from "./signIn.ts"
import { standbySettings } from "./standbys.ts"

/** Checks that the development sign-in can write its key pair. */
const keyFolder = Effect.gen(function*() {
  const [isClerk, isServer] = [Option.isSome(yield* signInSettings), Option.isSome(yield* Config.databaseUrl)]
  if (isServer && !isClerk) yield* writableFolder(yield* Config.dataFolder)
  return []
})

const designer = Effect.as(designSettings, [])

const configured = Effect.gen(function*() {
  const { findings, isServing } = yield* port
  const others = yield* Effect.forEach(
    [signIn, database(isServing), redis, keyFolder, replicaSettings, standbySettings, designer],
    diagnosed,
    {
      concurrency: "unbounded"
    }
  )
  const warnings = (yield* settingWarnings).map(problem)
  return [ok("all settings can be read"), ...warnings, ...findings, ...others.flat()]
})

/** Two checks may find the same wrong setting. */
const distinct = (
  findings: ReadonlyArray<Finding>
) => [...new Map(findings.map((finding) => [finding.text, finding])).values()]

export const diagnosis = Effect.gen(function*() {
  const installed = yield* installation
  const found = yield* diagnosed(Effect.andThen(checkConfig, configured))
  return distinct([...installed, ...found])
})
