import { Duration, Effect, Option } from "effect"
import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import * as Database from "../../services/database/Database.ts"
import { writableFolder } from "../../services/database/embedded/writableFolder.ts"
import { data } from "./data.ts"
import { direct } from "./direct.ts"
import { diagnosed, type Findings, ok } from "./Finding.ts"
import { pooler } from "./pooler.ts"
import { replicas } from "./replicas.ts"
import { rights } from "./rights.ts"
import { server } from "./server.ts"
import { standbys } from "./standbys.ts"

/** After a problem, data, replicas and standbys are not checked, because their checks would report it again. */
const inside = Effect.fnUntraced(function*(settings: Database.Settings) {
  const found = yield* diagnosed(server)
  const pooled = yield* Option.match(settings.url, {
    onNone: () => Effect.succeed([]),
    onSome: (url) => diagnosed(pooler(url))
  })
  const granted = yield* diagnosed(rights)
  const migrating = yield* diagnosed(direct(settings))
  const all = [...found, ...pooled, ...granted, ...migrating]
  if (all.some(({ kind }) => kind === "problem")) return all
  return [
    ...all,
    ...(yield* diagnosed(data)),
    ...(yield* diagnosed(replicas)),
    ...(yield* diagnosed(standbys(settings.connectFor)))
  ]
})

const longestWait = Duration.seconds(5)

const connected = Effect.fnUntraced(function*(settings: Database.Settings) {
  const connectFor = Duration.min(longestWait, settings.connectFor)
  const patient = { ...settings, maxConnections: 1, connectFor }
  return yield* Effect.provide(inside(patient), Database.clientOf(patient))
})

const embedded = Effect.fnUntraced(function*(settings: Database.Settings, isServing: boolean) {
  const folder = settings.dataFolder
  yield* writableFolder(folder)
  const place = resolve(folder, "pglite")
  if (isServing) return [ok(`the service uses the embedded PostgreSQL in ${place}`)]
  if (!existsSync(join(place, "PG_VERSION"))) return [ok(`npm start will create an embedded PostgreSQL in ${place}`)]
  return yield* connected(settings)
})

export const database = (isServing: boolean) =>
  Effect.gen(function*() {
    const settings = yield* Database.settings
    const found: Findings = yield* Option.isNone(settings.url) ? embedded(settings, isServing) : connected(settings)
    return found
  })
