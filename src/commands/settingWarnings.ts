import { type Config as Env, ConfigProvider, Duration, Effect } from "effect"
import { distance } from "fastest-levenshtein"
import { Config, durationText, nameOf } from "../Config.ts"
import { unusedClerk } from "../http/authentication/SignInSettings.ts"

/** A short name such as PORT is also close to names that other programs read. */
const known = Object.values(Config).map((config: Env.Config<unknown>) => nameOf(config)).filter((name) =>
  name.includes("_")
)

const sorted = (name: string) => [...name].sort().join("")

const isCloseTo = (name: string) => (setting: string): boolean => {
  const changes = distance(name, setting)
  return changes <= (setting.length >= 20 ? 3 : 1) || (changes === 2 && sorted(name) === sorted(setting))
}

const variables: Effect.Effect<ReadonlyArray<string>, ConfigProvider.SourceError> = Effect.gen(function*() {
  const provider = yield* ConfigProvider.ConfigProvider
  const below = (path: ReadonlyArray<string>): typeof variables =>
    Effect.flatMap(provider.load(path), (node) => {
      if (node === undefined) return Effect.succeed([])
      const own = node.value === undefined ? [] : [path.join("_")]
      if (node._tag !== "Record") return Effect.succeed(own)
      return Effect.map(Effect.forEach(node.keys, (key) => below([...path, key])), (found) => [...own, ...found.flat()])
    })
  return yield* below([])
})

/** Only the names of variables are examined, so a value is never shown. */
const misspelt = Effect.map(variables, (names) => {
  const unknown = names.filter((name) => !known.includes(name))
  return unknown.flatMap((name) => {
    const meant = known.find(isCloseTo(name.toUpperCase()))
    return meant === undefined ? [] : [`${name} is not a setting: write ${meant}`]
  })
})

const shortFreeze = Effect.gen(function*() {
  const [freeze, widget] = [yield* Config.freezeTimeout, yield* Config.widgetTimeout]
  const found = "FREEZE_TIMEOUT is shorter than WIDGET_TIMEOUT, so a slow widget fails its snapshot"
  return Duration.isLessThan(freeze, widget) ? [`${found}: set it to at least ${durationText(widget)}`] : []
}).pipe(Effect.orElseSucceed((): ReadonlyArray<string> => []))

/** With these settings the service starts, but not as the operator means. */
export const settingWarnings = Effect.map(
  Effect.all([misspelt, shortFreeze, unusedClerk]),
  (found): ReadonlyArray<string> => found.flat()
)
